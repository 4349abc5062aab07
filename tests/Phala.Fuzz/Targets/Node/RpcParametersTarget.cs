using System.Text;
using Phala.Node.Rpc;
using Phala.Node.Rpc.Messages;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Node;

/// <summary>
/// Values of all kinds for accessors of all kinds: the input is pairs of bytes, an accessor and a value, whose text may be made of the bytes that follow. An accessor
/// that succeeds leaves no error, one that fails leaves one.
/// </summary>
public sealed class RpcParametersTarget : FuzzTarget
{
    private const string Hash = "\"0x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"";

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "7", "-1", "1.5", "1e3", "4294967295", "4294967296", "18446744073709551615", "18446744073709551616", "\"\"", "\"0x\"", "\"0x01\"", "\"0x1\"",
        "\"\\u0030x01\"", "\"\\ud800\"", "\"12\"", "\"0xfFfFfFfFfFfFfFfF\"", "\"0x10000000000000000\"", Hash, $"[{Hash},{Hash}]", "[]", "[1,\"0x2\"]", "[\"0x\",\"\",\"0x0a\"]", "[[]]", "{}",
        "{\"key\":\"0x01\"}", "[{\"key\":\"0x01\",\"type\":\"hash\"},{}]", "[{},1]", " \t[ { } ] ",
    ];

    private static readonly (string Name, Func<RpcParameters, bool> Read)[] Accessors =
    [
        ("hex", each => each.TryHex("x", out _)), ("hex?", each => each.TryOptionalHex("x", out _)), ("hash", each => each.TryHash("x", out _)), ("hash?", each => each.TryOptionalHash("x", out _)),
        ("number", each => each.TryBlockNumber("x", out _)), ("numbers?", each => each.TryOptionalBlockNumbers("x", out _, out _)), ("hashes", each => each.TryHashes("x", out _)),
        ("u32", each => each.TryUInt32("x", out _)), ("u32?", each => each.TryOptionalUInt32("x", out _)), ("u64", each => each.TryUInt64("x", out _)),
        ("bool", each => each.TryBoolean("x", out _)), ("bool?", each => each.TryOptionalBoolean("x", true, out _)), ("string", each => each.TryString("x", out _)),
        ("string?", each => each.TryOptionalString("x", out _)), ("hexes", each => each.TryHexList("x", out _)), ("hexes?", each => each.TryOptionalHexList("x", out _)),
        ("objects", ReadObjects), ("objects?", each => each.TryOptionalObjectList("x", out _)), ("json", each => each.TryJson("x", out _)),
    ];

    /// <inheritdoc/>
    public override string Name => "rpc-parameters";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
        [.. Enumerable.Range(0, Accessors.Length).SelectMany(accessor => Enumerable.Range(0, 4).Select(part => Pairs(accessor, part)))];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. Accessors.Select(accessor => accessor.Name)];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 8192 + (512 * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        (List<int> accessors, byte[] text) = Compose(input);
        JsonScanner scanner = new(text);
        if (!scanner.TrySkipValue() || !scanner.AtEnd()) throw new InvalidOperationException("The parameters are no JSON.");
        RpcParameters parameters = new();
        parameters.Reset(text);
        foreach (int accessor in accessors)
        {
            bool read = Accessors[accessor].Read(parameters);
            if (read != parameters.Error is null) throw new InvalidOperationException("An accessor and its error disagree.");
            if (!read) return new FuzzOutcome(true, Accessors[accessor].Name);
        }

        return new FuzzOutcome(accessors.Count > 0, null);
    }

    private static bool ReadObjects(RpcParameters parameters)
    {
        if (!parameters.TryObjectList("x", out RpcParameters[] items)) return false;
        foreach (RpcParameters item in items)
        {
            if (item.TryHex("key", out _) != item.Error is null) throw new InvalidOperationException("A member and its error disagree.");
        }

        return true;
    }

    private static (List<int> Accessors, byte[] Text) Compose(byte[] input)
    {
        List<int> accessors = [];
        StringBuilder text = new("[");
        for (int at = 0; at + 1 < input.Length; at += 2)
        {
            accessors.Add(input[at] % Accessors.Length);
            if (text.Length > 1) text.Append(',');
            int value = input[at + 1] % (Values.Length + 4);
            if (value < Values.Length)
            {
                text.Append(Values[value]);
                continue;
            }

            int length = Math.Min(8, input.Length - at - 2);
            text.Append("\"0x", 0, value % 2 == 0 ? 3 : 1);
            foreach (byte each in input.AsSpan(at + 2, length)) text.Append(each is > 0x22 and < 0x7F and not (byte)'\\' ? (char)each : '0');
            text.Append('"');
            at += length;
        }

        return (accessors, Encoding.ASCII.GetBytes(text.Append(']').ToString()));
    }

    // One accessor on a quarter of the values.
    private static byte[] Pairs(int accessor, int part) =>
        [.. Enumerable.Range(0, Values.Length / 4).SelectMany(at => new[] { (byte)accessor, (byte)((4 * at) + part) })];
}
