using System.Text;

namespace Phala.Codec.Generator.Emission;

/// <summary>Collects lines of code with their indentation.</summary>
internal sealed class CodeWriter
{
    private const int Step = 4;

    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes a line.</summary>
    internal void Line(string line = "")
    {
        if (line.Length > 0) _text.Append(' ', _depth * Step).Append(line);
        _text.Append('\n');
    }

    /// <summary>Writes a line, if there is one, and opens a block.</summary>
    internal void Open(string? line = null)
    {
        if (line is not null) Line(line);
        Line("{");
        _depth++;
    }

    /// <summary>Closes a block.</summary>
    internal void Close(string end = "")
    {
        _depth--;
        Line("}" + end);
    }

    /// <summary>Writes an empty line and the comment that makes a member inherit its documentation.</summary>
    internal void Member()
    {
        Line();
        Line("/// <inheritdoc/>");
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
