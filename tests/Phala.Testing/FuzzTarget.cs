namespace Phala.Testing;

/// <summary>A decoder or verifier under hostile input. It states what the run must reach, so that an empty run cannot pass.</summary>
public abstract class FuzzTarget
{
    /// <summary>The name on the command line, such as <c>compact-u128</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Inputs to mutate, at least one of them valid: it must be accepted. At least half of all inputs made from them must get past the outermost check.</summary>
    public abstract IReadOnlyList<byte[]> Corpus { get; }

    /// <summary>Every error case of the target's closed error enum that input can cause; a run must reach each of them.</summary>
    public abstract IReadOnlyCollection<string> Errors { get; }

    /// <summary>The most bytes that one run may allocate for an input of this length.</summary>
    public abstract long AllocationBound(int inputLength);

    /// <summary>How many inputs the tests run; the program runs as many as it is told.</summary>
    public virtual int SampleSize => 20_000;

    /// <summary>Runs the target once. Any exception is a failure, and so is an accepted input that does not re-encode to itself (throw to say so).</summary>
    public abstract FuzzOutcome Run(byte[] input);
}
