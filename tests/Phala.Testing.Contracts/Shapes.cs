using Phala.Contracts.Json;

namespace Phala.Testing.Contracts;

/// <summary>Takes, stores and returns everything that can be.</summary>
[Contract]
public sealed partial class Shapes : Contract<ShapesError>, ICounter
{
    private partial Value<uint> Total { get; }

    private partial Value<Note> Last { get; }

    private partial Value<string> Motto { get; }

    private partial Value<Point?> Place { get; }

    private partial Map<string, Note> Notes { get; }

    private partial Map<byte, string?> Nicknames { get; }

    private partial Map<(AccountId, Color), byte[]> Blobs { get; }

    private partial Vector<Point> Points { get; }

    [StorageKey("names")]
    private partial Vector<string> Labels { get; }

    /// <summary>Begins with a count.</summary>
    [Constructor]
    public Shapes(uint total)
    {
        Require(total < 1000, ShapesError.TooLarge);
        Total.Set(total);
    }

    /// <summary>Begins with tokens, or ends with a message.</summary>
    [Constructor("with_tokens", Payable = true)]
    public Shapes()
    {
        Require(TransferredValue > 0, "Bring something.");
        Total.Set((uint)TransferredValue);
    }

    /// <inheritdoc/>
    public uint Add(uint amount)
    {
        uint total = checked(Total.Get() + amount);
        Require(total < 1000, ShapesError.TooLarge);
        Total.Set(total);
        return total;
    }

    /// <inheritdoc/>
    public uint Count() => Total.Get();

    [Query]
    public (bool, byte, sbyte, ushort, short, uint, int) Small(bool a, byte b, sbyte c, ushort d, short e, uint f, int g) => unchecked((!a, (byte)~b, (sbyte)~c, (ushort)~d, (short)~e, ~f, ~g));

    [Query]
    public (ulong, long, Balance, Int128) Large(ulong a, long b, Balance c, Int128 d) => unchecked((~a, ~b, ~c, ~d));

    [Query]
    public string Echo(string text) => text;

    [Query]
    public byte[][] Reverse(byte[][] parts)
    {
        byte[][] reversed = new byte[parts.Length][];
        for (int index = 0; index < parts.Length; index++) reversed[index] = parts[parts.Length - 1 - index];
        return reversed;
    }

    [Query]
    public Color? Next(Color? color) => color is null ? Color.Red : color == Color.Red ? Color.Green : color == Color.Green ? Color.Blue : null;

    [Query]
    public (AccountId, Hash, AccountId) Who(AccountId account, Hash hash) => (account, Hashing.Blake2b256(hash.ToArray()), Caller);

    [Command(Fails = false)]
    public void Put(string name, Note note)
    {
        Notes[name] = note;
        Last.Set(note);
        Place.Set(note.At);
        Emit(new Stored(Caller, name, note));
    }

    [Query]
    public Note? Find(string name) => Notes.TryGet(name, out Note? note) ? note : null;

    [Command]
    public (bool Place, bool Name) Name(Point? place, byte at, string? name)
    {
        Place.Set(place);
        Nicknames[at] = name;
        return (Place.Exists, Nicknames.Contains(at));
    }

    [Query]
    public (Point? Place, string? Name) Named(byte at) => (Place.Get(), Nicknames[at]);

    [Query]
    public (Note Last, string Motto, Point? Place, bool Exists) Defaults() => (Last.Get(), Motto.Get(), Place.Get(), Motto.Exists);

    [Command]
    public bool Forget(string name) => Notes.Remove(name);

    [Command]
    public void Push(Point[] points, string label)
    {
        for (int index = 0; index < points.Length; index++) Points.Add(points[index]);
        Labels.Add(label);
    }

    [Command]
    public Point Pop()
    {
        int last = Points.Count - 1;
        Point point = Points[last];
        Points.RemoveLast();
        return point;
    }

    [Query]
    public (Point[] Points, string[] Labels) Listed()
    {
        Point[] points = new Point[Points.Count];
        for (int index = 0; index < points.Length; index++) points[index] = Points[index];
        string[] labels = new string[Labels.Count];
        for (int index = 0; index < labels.Length; index++) labels[index] = Labels[index];
        return (points, labels);
    }

    [Command]
    public int Blob(Color color, byte[] content)
    {
        Blobs[(Caller, color)] = content;
        return Blobs[(Self, color)].Length;
    }

    [Command]
    public void Throw(string message) => throw new InvalidOperationException(message);

    [Query]
    public int Divide(int a, int b) => a / b;

    [Query]
    public byte At(byte[] bytes, int index) => bytes[index];

    [Query]
    public byte Narrow(uint value) => checked((byte)value);

    [Query]
    public int Length(string name)
    {
        Note? note = Notes.TryGet(name, out Note? found) ? found : null;
        return note!.Title.Length;
    }

    [Command]
    public uint AddTo(AccountId other, uint amount)
    {
        Total.Set(Total.Get() + 1);
        return ICounter.At(other).Add(amount) + ICounter.At(other).Count();
    }

    [Command(Payable = true)]
    public Balance Pay(AccountId to, Balance amount)
    {
        Require(TryTransfer(to, amount), ShapesError.TooLarge);
        Log("paid");
        return OwnBalance;
    }

    [Query]
    public (uint Block, ulong Now) When() => (Block, Now);

    [Query(Fails = true)]
    public Balance Price(QueryContext context, string url)
    {
        HttpResponse response = context.Http.Get(url);
        Balance value = 0;
        bool isRead = response.IsSuccess && JsonValue.TryParse(response.Body, out JsonValue json) && json.TryGet("price", out JsonValue price) && price.TryRead(2, out value);
        Require(isRead, ShapesError.Unexpected);
        return value;
    }

    [Query]
    public (byte[] Public, byte[] Signature, bool IsGood) Signed(QueryContext context, byte[] message)
    {
        byte[] secret = context.Keys.Derive([1, 2, 3]);
        byte[] key = context.Keys.PublicKey(SignatureType.Sr25519, secret);
        byte[] signature = context.Keys.Sign(SignatureType.Sr25519, secret, message);
        return (key, signature, Signatures.Verify(SignatureType.Sr25519, key, message, signature));
    }

    [Query]
    public (uint Drawn, ulong Time, byte[] Before) Outside(QueryContext context, byte[] value)
    {
        byte[] before = context.Cache.TryGet([1], out byte[]? found) ? found : [];
        context.Cache.TrySet([1], value);
        return (context.Random.Below(1_000_000), context.Clock.UntrustedMilliseconds, before);
    }

    /// <summary>Ends as the library ends what can't be.</summary>
    [Query]
    public int Misuse(byte what)
    {
        List<int> list = [1];
        return what switch
        {
            0 => list[5],
            1 => new Dictionary<string, int> { ["a"] = 1 }["b"],
            2 => new Dictionary<string, int> { { "a", 1 }, { "a", 2 } }.Count,
            3 => "abc".Substring(5).Length,
            4 => int.Parse("5x"),
            5 => int.Parse("99999999999"),
            6 => bool.Parse("maybe") ? 1 : 0,
            7 => new byte[2].AsSpan(3).Length,
            8 => (int)UInt128.Parse("-1"),
            9 => new string('c', list[0] - 2).Length,
            10 => "abc".Remove(7).Length,
            11 => throw new ArgumentOutOfRangeException(nameof(what), "The author's."),
            _ => throw new FormatException("The input string 'x' is the author's."),
        };
    }

    /// <summary>What wraps without a check, and ends the call here.</summary>
    [Query]
    public Balance Spend(Balance of, Balance amount) => of - amount;

    /// <summary>Fails while something waits for its end, which would fail otherwise.</summary>
    [Query(Fails = true)]
    public void FailInUse()
    {
        using Guard guard = new();
        Require(Total.Get() > uint.MaxValue - 1, ShapesError.TooLarge);
    }

    private sealed class Guard : IDisposable
    {
        public void Dispose() => Require(false, "The guard was asked.");
    }
}
