using System.Buffers.Binary;
using System.Text.Json;
using Phala.Chain;
using Phala.Codec;

namespace Phala.Node.Blocks;

/// <summary>
/// Reads blocks one after the other from a file in Substrate's form: binary, the number of blocks in eight bytes and then each in SCALE, or JSON, one value after the other.
/// Any bytes give blocks and at most one fault, in memory for one block.
/// </summary>
/// <param name="input">The file.</param>
/// <param name="isBinary">Which form.</param>
public sealed class BlockFileReader(Stream input, bool isBinary)
{
    /// <summary>The longest block: many times what the rules allow, also as JSON.</summary>
    public const int LongestBlock = 64 << 20;

    private static readonly JsonReaderOptions Concatenated = new() { AllowMultipleValues = true, MaxDepth = 16 };
    private readonly FileWindow _window = new(input, LongestBlock);

    /// <summary>How many blocks the file says it has; null where it does not say so, or not yet.</summary>
    public ulong? Expected { get; private set; }

    /// <summary>How many blocks were read.</summary>
    public long Count { get; private set; }

    /// <summary>Why there are no more blocks; null at the end of a good file.</summary>
    public BlockFileFault? Fault { get; private set; }

    /// <summary>Reads the next block.</summary>
    /// <returns>False at the end, or with a <see cref="Fault"/>.</returns>
    public bool TryRead(out SignedBlock block)
    {
        block = default;
        if (Fault is not null || !(isBinary ? TryReadBinary(out block) : TryReadJson(out block))) return false;
        Count++;
        return true;
    }

    private bool TryReadBinary(out SignedBlock block)
    {
        block = default;
        if (Expected is null && !TryReadCount()) return false;
        if ((ulong)Count == Expected) return End();
        while (true)
        {
            ScaleReader reader = new(_window.Bytes.Span);
            if (SignedBlock.TryDecode(ref reader, out block))
            {
                _window.Advance(reader.Position);
                return true;
            }

            bool isShort = reader.Error is ScaleError.UnexpectedEnd or ScaleError.LengthExceedsInput;
            if (!isShort) return Fail(BlockFileError.BadEncoding, reader.ErrorPosition, $"no block: {reader.Error}");
            if (_window.IsAtEnd) return Fail(BlockFileError.Truncated, reader.ErrorPosition, $"the file ends inside of it; it says that it has {Expected} blocks");
            if (_window.IsFull) return Fail(BlockFileError.TooLong, 0, $"longer than {LongestBlock >> 20} megabytes");
            _window.Grow();
        }
    }

    private bool End()
    {
        if (_window.Bytes.IsEmpty && !_window.IsAtEnd) _window.Grow();
        return !_window.Bytes.IsEmpty && Fail(BlockFileError.TrailingBytes, 0, $"more bytes follow, although the file says that it has {Expected} blocks");
    }

    private bool TryReadCount()
    {
        _window.Grow();
        if (_window.Bytes.Length < sizeof(ulong)) return Fail(BlockFileError.NoCount, _window.Bytes.Length, "the file is too short for the number of blocks at its beginning");
        Expected = BinaryPrimitives.ReadUInt64LittleEndian(_window.Bytes.Span);
        _window.Advance(sizeof(ulong));
        return true;
    }

    private bool TryReadJson(out SignedBlock block)
    {
        block = default;
        while (true)
        {
            Utf8JsonReader reader = new(_window.Bytes.Span, _window.IsAtEnd, new JsonReaderState(Concatenated));
            try
            {
                if (!reader.Read())
                {
                    if (_window.IsAtEnd) return false;
                }
                else if (reader.TrySkip())
                {
                    return TryTake((int)reader.TokenStartIndex, (int)reader.BytesConsumed, out block);
                }
            }
            catch (JsonException exception)
            {
                bool isBinaryFile = Count == 0 && _window.Bytes.Span.IndexOf((byte)0) is >= 0 and < sizeof(ulong);
                return Fail(BlockFileError.BadJson, (int)reader.BytesConsumed, isBinaryFile ? "no JSON; for the binary form give --binary" : $"no JSON: {exception.Message.Split(". ")[0]}");
            }

            if (_window.IsFull) return Fail(BlockFileError.TooLong, 0, $"longer than {LongestBlock >> 20} megabytes");
            _window.Grow();
        }
    }

    private bool TryTake(int lastToken, int length, out SignedBlock block)
    {
        using JsonDocument document = JsonDocument.Parse(_window.Bytes[..length]);
        if (!SignedBlockJson.TryRead(document.RootElement, out block, out string? field)) return Fail(BlockFileError.BadField, lastToken, $"no block: {field}");
        _window.Advance(length);
        return true;
    }

    private bool Fail(BlockFileError error, int offset, string detail)
    {
        Fault = new BlockFileFault(error, error == BlockFileError.NoCount ? 0 : Count + 1, _window.Position + offset, detail);
        return false;
    }
}
