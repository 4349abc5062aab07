using System.Globalization;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Codec.TypeInfo;

namespace Phala.Runtime.Interface.Dispatch;

/// <summary>Why a call was undone. Six bytes at most, and no allocation: failing calls are as ordinary as others.</summary>
public readonly record struct DispatchError : IScale<DispatchError>
{
    private const int ModuleErrorLength = 4;

    private readonly byte _pallet;
    private readonly uint _detail;

    private DispatchError(DispatchErrorKind kind, byte pallet = 0, uint detail = 0) => (Kind, _pallet, _detail) = (kind, pallet, detail);

    /// <summary>None of the others.</summary>
    public static DispatchError Other => new(DispatchErrorKind.Other);

    /// <summary>The variant.</summary>
    public DispatchErrorKind Kind { get; }

    /// <summary>An address stands for no account.</summary>
    public static DispatchError CannotLookup => new(DispatchErrorKind.CannotLookup);

    /// <summary>The caller may not do this.</summary>
    public static DispatchError BadOrigin => new(DispatchErrorKind.BadOrigin);

    /// <summary>The account is still in use.</summary>
    public static DispatchError ConsumerRemaining => new(DispatchErrorKind.ConsumerRemaining);

    /// <summary>Nothing keeps the account alive.</summary>
    public static DispatchError NoProviders => new(DispatchErrorKind.NoProviders);

    /// <inheritdoc/>
    public static int MinimumLength => 1;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <summary>A pallet's error.</summary>
    /// <param name="pallet">The pallet's index.</param>
    /// <param name="error">The error's index.</param>
    public static DispatchError Module(byte pallet, byte error) => new(DispatchErrorKind.Module, pallet, error);

    /// <summary>Tokens can't be moved.</summary>
    public static DispatchError Token(TokenError error) => new(DispatchErrorKind.Token, detail: (byte)error);

    /// <summary>A calculation has no result.</summary>
    public static DispatchError Arithmetic(ArithmeticError error) => new(DispatchErrorKind.Arithmetic, detail: (byte)error);

    /// <summary>State changes can't be kept apart.</summary>
    public static DispatchError Transactional(TransactionalError error) => new(DispatchErrorKind.Transactional, detail: (byte)error);

    /// <summary>The pallet and its error's index, where it is one.</summary>
    public bool TryGetModule(out byte pallet, out byte error)
    {
        (pallet, error) = (_pallet, (byte)_detail);
        return Kind == DispatchErrorKind.Module;
    }

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, out DispatchError value)
    {
        value = default;
        int start = reader.Position;
        if (!reader.TryReadByte(out byte kind)) return false;
        byte pallet = 0, small = 0;
        uint detail = 0;
        bool read = (DispatchErrorKind)kind switch
        {
            DispatchErrorKind.Module => reader.TryReadByte(out pallet) && reader.TryReadUInt32(out detail),
            DispatchErrorKind.Token => reader.TryReadByte(out small) && (small <= (byte)TokenError.Blocked || reader.FailAt(ScaleError.UnknownVariant, start + 1)),
            DispatchErrorKind.Arithmetic => reader.TryReadByte(out small) && (small <= (byte)ArithmeticError.DivisionByZero || reader.FailAt(ScaleError.UnknownVariant, start + 1)),
            DispatchErrorKind.Transactional => reader.TryReadByte(out small) && (small <= (byte)TransactionalError.NoLayer || reader.FailAt(ScaleError.UnknownVariant, start + 1)),
            _ => kind <= (byte)DispatchErrorKind.RootNotAllowed || reader.FailAt(ScaleError.UnknownVariant, start),
        };
        value = new DispatchError((DispatchErrorKind)kind, pallet, detail | small);
        return read;
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in DispatchError value)
    {
        writer.WriteByte((byte)value.Kind);
        switch (value.Kind)
        {
            case DispatchErrorKind.Module:
                writer.WriteByte(value._pallet);
                writer.WriteUInt32(value._detail);
                break;
            case DispatchErrorKind.Token or DispatchErrorKind.Arithmetic or DispatchErrorKind.Transactional:
                writer.WriteByte((byte)value._detail);
                break;
        }
    }

    /// <inheritdoc/>
    public static int EncodedLength(in DispatchError value) => value.Kind switch
    {
        DispatchErrorKind.Module => 2 + ModuleErrorLength,
        DispatchErrorKind.Token or DispatchErrorKind.Arithmetic or DispatchErrorKind.Transactional => 2,
        _ => 1,
    };

    /// <inheritdoc/>
    public static int Compare(in DispatchError left, in DispatchError right) => Scale.Encode(left).AsSpan().SequenceCompareTo(Scale.Encode(right));

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Named(typeof(DispatchError), static registry => new TypeDescription(
        ["sp_runtime", "DispatchError"],
        [],
        new TypeDefinition.Variant([.. Enum.GetValues<DispatchErrorKind>().Select(kind => Variant(registry, kind))]),
        []));

    /// <summary>The variant and what it holds.</summary>
    public override string ToString() => Kind switch
    {
        DispatchErrorKind.Module => string.Create(CultureInfo.InvariantCulture, $"Module {_pallet}, error {(byte)_detail}"),
        DispatchErrorKind.Token => $"Token: {(TokenError)_detail}",
        DispatchErrorKind.Arithmetic => $"Arithmetic: {(ArithmeticError)_detail}",
        DispatchErrorKind.Transactional => $"Transactional: {(TransactionalError)_detail}",
        _ => Kind.ToString(),
    };

    private static TypeVariant Variant(TypeRegistryBuilder registry, DispatchErrorKind kind)
    {
        TypeField[] fields = kind switch
        {
            DispatchErrorKind.Module => [new TypeField(null, ModuleError(registry), "ModuleError", [])],
            DispatchErrorKind.Token => [new TypeField(null, TokenErrorCodec.Describe(registry), "TokenError", [])],
            DispatchErrorKind.Arithmetic => [new TypeField(null, ArithmeticErrorCodec.Describe(registry), "ArithmeticError", [])],
            DispatchErrorKind.Transactional => [new TypeField(null, TransactionalErrorCodec.Describe(registry), "TransactionalError", [])],
            _ => [],
        };
        return new TypeVariant(kind.ToString(), fields, (byte)kind, []);
    }

    private static int ModuleError(TypeRegistryBuilder registry) => registry.Named("ModuleError", static registry =>
    {
        int u8 = U8Codec.Describe(registry), bytes = registry.Array(ModuleErrorLength, u8);
        return new TypeDescription(
            ["sp_runtime", "ModuleError"],
            [],
            new TypeDefinition.Composite([new TypeField("index", u8, "u8", []), new TypeField("error", bytes, "[u8; MAX_MODULE_ERROR_ENCODED_SIZE]", [])]),
            []);
    });
}
