namespace Phala.Testing;

/// <summary>Checks over the whole repository report everything they find at once.</summary>
public static class Findings
{
    /// <summary>Fails and lists the findings, one a line, unless there are none.</summary>
    public static void None(IEnumerable<string> findings)
    {
        string[] found = [.. findings];
        Xunit.Assert.True(found.Length == 0, string.Join('\n', found));
    }
}
