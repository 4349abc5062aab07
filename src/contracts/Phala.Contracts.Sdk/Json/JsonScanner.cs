namespace Phala.Contracts.Json;

/// <summary>Checks JSON's grammar and finds where values end.</summary>
/// <param name="text">The text in UTF-8.</param>
/// <param name="end">Where it ends.</param>
internal sealed class JsonScanner(byte[] text, int end)
{
    /// <summary>How many values may be inside of each other.</summary>
    private const int Deepest = 32;

    /// <summary>Where it stands.</summary>
    internal int At { get; private set; }

    /// <summary>Goes to a place.</summary>
    internal void Seek(int at) => At = at;

    /// <summary>Goes over spaces.</summary>
    internal void SkipSpace()
    {
        while (At < end && text[At] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r') At++;
    }

    /// <summary>Takes a character after spaces, where it is there.</summary>
    internal bool TryTake(char expected)
    {
        SkipSpace();
        if (At == end || text[At] != expected) return false;
        At++;
        return true;
    }

    /// <summary>Goes over a value; false where there is none.</summary>
    internal bool TrySkip(int depth = 0)
    {
        SkipSpace();
        if (At == end || depth == Deepest) return false;
        return text[At] switch
        {
            (byte)'{' => TrySkipObject(depth),
            (byte)'[' => TrySkipArray(depth),
            (byte)'"' => TrySkipText(),
            (byte)'t' => TrySkipWord("true"),
            (byte)'f' => TrySkipWord("false"),
            (byte)'n' => TrySkipWord("null"),
            _ => TrySkipNumber(),
        };
    }

    /// <summary>Goes over text.</summary>
    internal bool TrySkipText()
    {
        SkipSpace();
        if (At == end || text[At] != '"') return false;
        At++;
        while (At < end && text[At] != '"')
        {
            if (text[At] < ' ') return false;
            if (text[At] == '\\' && !TrySkipEscape()) return false;
            At++;
        }

        if (At == end) return false;
        At++;
        return true;
    }

    private bool TrySkipObject(int depth)
    {
        At++;
        if (TryTake('}')) return true;
        do
        {
            if (!TrySkipText() || !TryTake(':') || !TrySkip(depth + 1)) return false;
        }
        while (TryTake(','));
        return TryTake('}');
    }

    private bool TrySkipArray(int depth)
    {
        At++;
        if (TryTake(']')) return true;
        do
        {
            if (!TrySkip(depth + 1)) return false;
        }
        while (TryTake(','));
        return TryTake(']');
    }

    /// <summary>Goes to the escape's last character.</summary>
    private bool TrySkipEscape()
    {
        At++;
        if (At == end) return false;
        if (text[At] != 'u') return text[At] is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t';
        for (int count = 0; count < 4; count++)
        {
            At++;
            if (At == end || JsonText.Digit(text[At]) < 0) return false;
        }

        return true;
    }

    private bool TrySkipWord(string word)
    {
        if (end - At < word.Length) return false;
        for (int index = 0; index < word.Length; index++)
        {
            if (text[At + index] != word[index]) return false;
        }

        At += word.Length;
        return true;
    }

    private bool TrySkipNumber()
    {
        if (text[At] == '-') At++;
        if (At < end && text[At] == '0') At++;
        else if (!TrySkipDigits()) return false;
        if (At < end && text[At] == '.')
        {
            At++;
            if (!TrySkipDigits()) return false;
        }

        if (At == end || text[At] is not ((byte)'e' or (byte)'E')) return true;
        At++;
        if (At < end && text[At] is (byte)'+' or (byte)'-') At++;
        return TrySkipDigits();
    }

    private bool TrySkipDigits()
    {
        int start = At;
        while (At < end && text[At] is >= (byte)'0' and <= (byte)'9') At++;
        return At > start;
    }
}
