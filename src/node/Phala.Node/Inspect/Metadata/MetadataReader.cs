using System.Diagnostics.CodeAnalysis;
using Phala.Codec;
using Phala.Codec.TypeInfo;

namespace Phala.Node.Inspect.Metadata;

/// <summary>Reads metadata of the versions 14 to 16, of any chain. Any bytes give an answer, in time and memory that grow with their number.</summary>
public static class MetadataReader
{
    private const uint Magic = 0x6174_656D;
    private const int Oldest = 14, Newest = 16;
    private static readonly string[] Hashers = ["Blake2_128", "Blake2_256", "Blake2_128Concat", "Twox128", "Twox256", "Twox64Concat", "Identity"];

    private delegate bool ItemReader<T>(ref ScaleReader reader, int version, [MaybeNullWhen(false)] out T item);

    /// <summary>Reads metadata, with or without what <c>state_call</c> puts before it (a length, an option).</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out ChainMetadata? metadata, [NotNullWhen(false)] out MetadataFault? fault)
    {
        metadata = null;
        int begin = bytes[..Math.Min(bytes.Length, 10)].IndexOf("meta"u8);
        ScaleReader reader = new(begin < 0 ? bytes : bytes[begin..]);
        if (begin < 0 || !reader.TryReadUInt32(out uint magic) || magic != Magic)
        {
            fault = new MetadataFault(MetadataError.NoMetadata, 0, "the bytes are no metadata, which begins with 'meta'");
            return false;
        }

        if (!reader.TryReadByte(out byte version) || version is < Oldest or > Newest)
        {
            fault = new MetadataFault(MetadataError.UnsupportedVersion, begin + sizeof(uint), $"version {version} of metadata: those from {Oldest} to {Newest} can be read");
            return false;
        }

        if (!TryReadTypes(ref reader, version, out TypeRegistry? types, out int badId))
        {
            fault = badId < 0 ? Broken(reader, begin) : new MetadataFault(MetadataError.BadTypeId, begin + reader.Position, $"the type at place {badId} has another number");
            return false;
        }

        fault = TryReadBody(ref reader, version, types, out metadata) ? null : Broken(reader, begin);
        return fault is null;
    }

    private static MetadataFault Broken(in ScaleReader reader, int begin) => new(MetadataError.BadEncoding, begin + reader.ErrorPosition, $"{reader.Error}");

    private static bool TryReadTypes(ref ScaleReader reader, int version, [NotNullWhen(true)] out TypeRegistry? types, out int badId)
    {
        (types, badId) = (null, -1);
        if (!reader.TryReadLength(1, out int count)) return false;
        List<TypeDescription> read = [];
        for (int id = 0; id < count; id++)
        {
            if (!reader.TryReadCompactUInt32(out uint number)) return false;
            if (number != id)
            {
                badId = id;
                return false;
            }

            if (!TypeReader.TryRead(ref reader, out TypeDescription? type)) return false;
            read.Add(type);
        }

        types = new TypeRegistry(read);
        return true;
    }

    private static bool TryReadBody(ref ScaleReader reader, int version, TypeRegistry types, [NotNullWhen(true)] out ChainMetadata? metadata)
    {
        metadata = null;
        if (!TryReadList(ref reader, version, TryReadPallet, out List<PalletInfo> pallets)) return false;
        if (!(version == Oldest ? TryReadOldExtrinsic(ref reader, types, out ExtrinsicInfo? extrinsic) : TryReadExtrinsic(ref reader, version, out extrinsic))) return false;
        if (version < Newest && !TypeReader.TryReadId(ref reader, out _)) return false;
        List<ApiInfo> apis = [];
        if (version > Oldest && !(TryReadList(ref reader, version, TryReadApi, out apis) && TrySkipIds(ref reader, 3) && TryReadList(ref reader, version, TryReadCustom, out List<string> _))) return false;
        metadata = new ChainMetadata(version, types, pallets, extrinsic!, apis);
        return reader.TryFinish();
    }

    private static bool TryReadPallet(ref ScaleReader reader, int version, [MaybeNullWhen(false)] out PalletInfo pallet)
    {
        pallet = null;
        if (!reader.TryReadString(out string? name) || !reader.TryReadOption(out bool hasStorage)) return false;
        List<StorageInfo> storage = [];
        if (hasStorage && !(reader.TryReadString(out _) && TryReadList(ref reader, version, TryReadStorage, out storage))) return false;
        if (!TryReadEnum(ref reader, version, out int? calls) || !TryReadEnum(ref reader, version, out int? events)) return false;
        if (!TryReadList(ref reader, version, TryReadConstant, out List<ConstantInfo> constants) || !TryReadEnum(ref reader, version, out int? errors)) return false;
        if (version == Newest && !(TryReadList(ref reader, version, TryReadAssociated, out List<string> _) && TryReadList(ref reader, version, TryReadView, out List<string> _))) return false;
        if (!reader.TryReadByte(out byte index) || (version > Oldest && !TypeReader.TryReadTexts(ref reader, out _)) || !TrySkipDeprecation(ref reader, version)) return false;
        pallet = new PalletInfo(name, index, storage, calls, events, errors, constants);
        return true;
    }

    private static bool TryReadStorage(ref ScaleReader reader, int version, [MaybeNullWhen(false)] out StorageInfo entry)
    {
        entry = null;
        if (!reader.TryReadString(out string? name) || !reader.TryReadByte(out byte modifier) || !reader.TryReadByte(out byte kind)) return false;
        if (modifier > 1 || kind > 1) return reader.FailAt(ScaleError.UnknownVariant, reader.Position - 1);
        List<string> hashers = [];
        int? key = null;
        if (kind == 1)
        {
            if (!TryReadList(ref reader, version, TryReadHasher, out hashers) || !TypeReader.TryReadId(ref reader, out int keyType)) return false;
            key = keyType;
        }

        if (!TypeReader.TryReadId(ref reader, out int value) || !reader.TryReadByteSequence(out _) || !TypeReader.TryReadTexts(ref reader, out _)) return false;
        entry = new StorageInfo(name, hashers, key, value);
        return TrySkipDeprecation(ref reader, version);
    }

    private static bool TryReadHasher(ref ScaleReader reader, int version, [MaybeNullWhen(false)] out string hasher)
    {
        hasher = null;
        if (!reader.TryReadByte(out byte index)) return false;
        if (index >= Hashers.Length) return reader.FailAt(ScaleError.UnknownVariant, reader.Position - 1);
        hasher = Hashers[index];
        return true;
    }

    private static bool TryReadConstant(ref ScaleReader reader, int version, [MaybeNullWhen(false)] out ConstantInfo constant)
    {
        constant = null;
        if (!reader.TryReadString(out string? name) || !TypeReader.TryReadId(ref reader, out int type) || !reader.TryReadByteSequence(out ReadOnlySpan<byte> value)) return false;
        constant = new ConstantInfo(name, type, value.ToArray());
        return TypeReader.TryReadTexts(ref reader, out _) && TrySkipDeprecation(ref reader, version);
    }

    private static bool TryReadEnum(ref ScaleReader reader, int version, out int? type)
    {
        type = null;
        if (!reader.TryReadOption(out bool isThere)) return false;
        if (!isThere) return true;
        if (!TypeReader.TryReadId(ref reader, out int id)) return false;
        type = id;
        return version < Newest || TryReadList(ref reader, version, TryReadVariantDeprecation, out List<byte> _);
    }

    private static bool TryReadVariantDeprecation(ref ScaleReader reader, int version, out byte variant) =>
        reader.TryReadByte(out variant) && TrySkipDeprecation(ref reader, version);

    /// <summary>Whether and since when an item is deprecated: 0 not, 1 without a note, 2 with one.</summary>
    private static bool TrySkipDeprecation(ref ScaleReader reader, int version)
    {
        if (version < Newest) return true;
        if (!reader.TryReadByte(out byte kind)) return false;
        if (kind > 2) return reader.FailAt(ScaleError.UnknownVariant, reader.Position - 1);
        return kind < 2 || (reader.TryReadString(out _) && TypeReader.TryReadOptionalText(ref reader, out _));
    }

    private static bool TryReadAssociated(ref ScaleReader reader, int version, [MaybeNullWhen(false)] out string name) =>
        reader.TryReadString(out name) && TypeReader.TryReadId(ref reader, out _) && TypeReader.TryReadTexts(ref reader, out _);

    private static bool TryReadView(ref ScaleReader reader, int version, [MaybeNullWhen(false)] out string name)
    {
        const int idLength = 32;
        name = null;
        return reader.TryReadSpan(idLength, out _) && TryReadMethod(ref reader, version, out name);
    }

    private static bool TryReadMethod(ref ScaleReader reader, int version, [MaybeNullWhen(false)] out string name) =>
        reader.TryReadString(out name) && TryReadList(ref reader, version, TryReadParameter, out List<string> _)
        && TypeReader.TryReadId(ref reader, out _) && TypeReader.TryReadTexts(ref reader, out _) && TrySkipDeprecation(ref reader, version);

    private static bool TryReadParameter(ref ScaleReader reader, int version, [MaybeNullWhen(false)] out string name) =>
        reader.TryReadString(out name) && TypeReader.TryReadId(ref reader, out _);

    private static bool TryReadApi(ref ScaleReader reader, int version, [MaybeNullWhen(false)] out ApiInfo api)
    {
        api = null;
        if (!reader.TryReadString(out string? name) || !TryReadList(ref reader, version, TryReadMethod, out List<string> methods) || !TypeReader.TryReadTexts(ref reader, out _)) return false;
        api = new ApiInfo(name, methods);
        return version < Newest || (reader.TryReadCompactUInt32(out _) && TrySkipDeprecation(ref reader, version));
    }

    private static bool TryReadCustom(ref ScaleReader reader, int version, [MaybeNullWhen(false)] out string name) =>
        reader.TryReadString(out name) && TypeReader.TryReadId(ref reader, out _) && reader.TryReadByteSequence(out _);

    /// <summary>Version 14 has one type for extrinsics, whose parameters are the types of their parts.</summary>
    private static bool TryReadOldExtrinsic(ref ScaleReader reader, TypeRegistry types, [NotNullWhen(true)] out ExtrinsicInfo? extrinsic)
    {
        extrinsic = null;
        if (!TypeReader.TryReadId(ref reader, out int whole) || !reader.TryReadByte(out byte version) || !TryReadList(ref reader, Oldest, TryReadExtension, out List<ExtensionInfo> extensions)) return false;
        IReadOnlyList<TypeParameter> parameters = whole < types.Types.Count ? types.Types[whole].Parameters : [];
        int Part(string name) => parameters.FirstOrDefault(each => each.Name == name).Type ?? int.MaxValue;
        extrinsic = new ExtrinsicInfo([version], Part("Address"), Part("Call"), Part("Signature"), extensions, new Dictionary<byte, IReadOnlyList<int>>());
        return true;
    }

    private static bool TryReadExtrinsic(ref ScaleReader reader, int version, [NotNullWhen(true)] out ExtrinsicInfo? extrinsic)
    {
        extrinsic = null;
        Dictionary<byte, IReadOnlyList<int>> sets = [];
        byte[] versions;
        if (version == Newest)
        {
            if (!reader.TryReadByteSequence(out ReadOnlySpan<byte> several)) return false;
            versions = several.ToArray();
        }
        else
        {
            if (!reader.TryReadByte(out byte single)) return false;
            versions = [single];
        }

        if (!TypeReader.TryReadId(ref reader, out int address) || !TypeReader.TryReadId(ref reader, out int call) || !TypeReader.TryReadId(ref reader, out int signature)) return false;
        if (!(version == Newest ? TryReadSets(ref reader, sets) : TypeReader.TryReadId(ref reader, out _))) return false;
        if (!TryReadList(ref reader, version, TryReadExtension, out List<ExtensionInfo> extensions)) return false;
        extrinsic = new ExtrinsicInfo(versions, address, call, signature, extensions, sets);
        return true;
    }

    private static bool TryReadSets(ref ScaleReader reader, Dictionary<byte, IReadOnlyList<int>> sets)
    {
        if (!reader.TryReadLength(2, out int count)) return false;
        for (int index = 0; index < count; index++)
        {
            if (!reader.TryReadByte(out byte version) || !TypeReader.TryReadIds(ref reader, out List<int> places)) return false;
            sets[version] = places;
        }

        return true;
    }

    private static bool TryReadExtension(ref ScaleReader reader, int version, [MaybeNullWhen(false)] out ExtensionInfo extension)
    {
        extension = null;
        if (!reader.TryReadString(out string? name) || !TypeReader.TryReadId(ref reader, out int type) || !TypeReader.TryReadId(ref reader, out _)) return false;
        extension = new ExtensionInfo(name, type);
        return true;
    }

    private static bool TrySkipIds(ref ScaleReader reader, int count)
    {
        while (count-- > 0)
        {
            if (!TypeReader.TryReadId(ref reader, out _)) return false;
        }

        return true;
    }

    private static bool TryReadList<T>(ref ScaleReader reader, int version, ItemReader<T> readItem, out List<T> items)
    {
        items = [];
        if (!reader.TryReadLength(1, out int count)) return false;
        for (int index = 0; index < count; index++)
        {
            if (!readItem(ref reader, version, out T? item)) return false;
            items.Add(item);
        }

        return true;
    }
}
