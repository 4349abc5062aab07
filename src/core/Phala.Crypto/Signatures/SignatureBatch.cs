namespace Phala.Crypto.Signatures;

/// <summary>The verdicts of a batch in the order of addition: of malformed signatures at once, of the others through their equations.</summary>
internal sealed class SignatureBatch
{
    private readonly List<SignatureVerdict> _verdicts;

    // A signature's place among the equations, or -1.
    private readonly List<int> _places;
    private int _malformed;

    internal SignatureBatch(int capacity, bool isRistretto)
    {
        Equations = new BatchEquation(capacity, isRistretto);
        _verdicts = new List<SignatureVerdict>(capacity);
        _places = new List<int>(capacity);
    }

    internal BatchEquation Equations { get; }

    internal int Count => _verdicts.Count;

    /// <summary>Notes the signature whose equation was added last, or one that is false whatever its equation says.</summary>
    internal int Note(SignatureVerdict verdict)
    {
        _places.Add(verdict == SignatureVerdict.Valid ? Equations.Count - 1 : -1);
        if (verdict != SignatureVerdict.Valid) _malformed++;
        _verdicts.Add(verdict);
        return _verdicts.Count - 1;
    }

    internal bool Verify() => _malformed == 0 && Equations.AllDecode() && Equations.DecodedHold();

    internal bool Verify(Span<SignatureVerdict> verdicts)
    {
        if (verdicts.Length != Count) throw new ArgumentException("One verdict for each signature.", nameof(verdicts));
        bool hold = Equations.DecodedHold();
        for (int at = 0; at < verdicts.Length; at++)
        {
            verdicts[at] = _places[at] < 0 ? _verdicts[at] : Equations.Verdict(_places[at], hold);
        }

        return hold && _malformed == 0 && Equations.AllDecode();
    }

    internal void Clear()
    {
        Equations.Clear();
        _verdicts.Clear();
        _places.Clear();
        _malformed = 0;
    }
}
