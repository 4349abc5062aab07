using System.Text;

namespace Phala.Crypto.Keys;

/// <summary>The 2,048 words of a language of BIP-39, in alphabetical order.</summary>
internal sealed class WordList
{
    private const int Count = 2048;

    private readonly string[] _words;

    private WordList(string[] words) => _words = words;

    /// <summary>The English list, of the file english.txt beside this one.</summary>
    public static WordList English { get; } = Load("Phala.Crypto.Keys.english.txt");

    /// <summary>A word by its number, from 0 to 2,047.</summary>
    public string this[int index] => _words[index];

    /// <summary>The number of a word.</summary>
    public bool TryFind(ReadOnlySpan<char> word, out int index)
    {
        int low = 0, high = Count - 1;
        while (low <= high)
        {
            index = (low + high) / 2;
            int order = word.SequenceCompareTo(_words[index]);
            if (order == 0) return true;
            if (order < 0) high = index - 1;
            else low = index + 1;
        }

        index = 0;
        return false;
    }

    private static WordList Load(string resource)
    {
        using Stream stream = typeof(WordList).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"The resource {resource} is missing.");
        byte[] text = new byte[stream.Length];
        stream.ReadExactly(text);
        string[] words = Encoding.ASCII.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == Count ? new WordList(words) : throw new InvalidOperationException($"{resource} holds {words.Length} words.");
    }
}
