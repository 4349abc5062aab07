using System.Globalization;
using Phala.Codec;
using Phala.Codec.TypeInfo;

namespace Phala.Runtime.Interface.Transactions;

/// <summary>Why a transaction is not valid: <c>Invalid(reason)</c> or <c>Unknown(reason)</c>.</summary>
public readonly record struct TransactionValidityError : IScale<TransactionValidityError>
{
    private readonly byte _custom;

    private TransactionValidityError(bool isUnknown, byte reason, byte custom = 0) => (IsUnknown, Reason, _custom) = (isUnknown, reason, custom);

    /// <summary>Whether it can't be known.</summary>
    public bool IsUnknown { get; }

    /// <summary>The index of the reason.</summary>
    public byte Reason { get; }

    /// <summary>Whether a later block may take the transaction although the present one can't.</summary>
    public bool IsExhaustsResources => !IsUnknown && Reason == (byte)InvalidTransaction.ExhaustsResources;

    /// <summary>Whether the nonce is ahead of the account's.</summary>
    public bool IsFuture => !IsUnknown && Reason == (byte)InvalidTransaction.Future;

    /// <inheritdoc/>
    public static int MinimumLength => 2;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    private bool HasCustom => Reason == (IsUnknown ? (byte)UnknownTransaction.Custom : (byte)InvalidTransaction.Custom);

    /// <summary>A reason of a pallet.</summary>
    public static TransactionValidityError Custom(byte reason) => new(false, (byte)InvalidTransaction.Custom, reason);

    /// <summary>An invalid transaction.</summary>
    public static implicit operator TransactionValidityError(InvalidTransaction reason) => new(false, (byte)reason);

    /// <summary>A transaction of which it can't be known.</summary>
    public static implicit operator TransactionValidityError(UnknownTransaction reason) => new(true, (byte)reason);

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, out TransactionValidityError value)
    {
        value = default;
        int start = reader.Position;
        if (!reader.TryReadByte(out byte kind) || !reader.TryReadByte(out byte reason)) return false;
        bool known = kind == 0 ? reason <= (byte)InvalidTransaction.UnknownOrigin : kind == 1 && reason <= (byte)UnknownTransaction.Custom;
        if (!known) return reader.FailAt(ScaleError.UnknownVariant, start);
        value = new TransactionValidityError(kind == 1, reason);
        if (!value.HasCustom) return true;
        if (!reader.TryReadByte(out byte custom)) return false;
        value = new TransactionValidityError(kind == 1, reason, custom);
        return true;
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in TransactionValidityError value)
    {
        writer.WriteByte(value.IsUnknown ? (byte)1 : (byte)0);
        writer.WriteByte(value.Reason);
        if (value.HasCustom) writer.WriteByte(value._custom);
    }

    /// <inheritdoc/>
    public static int EncodedLength(in TransactionValidityError value) => value.HasCustom ? 3 : 2;

    /// <inheritdoc/>
    public static int Compare(in TransactionValidityError left, in TransactionValidityError right) =>
        (left.IsUnknown, left.Reason, left._custom).CompareTo((right.IsUnknown, right.Reason, right._custom));

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Named(typeof(TransactionValidityError), static registry =>
    {
        int custom = registry.Primitive(Primitive.U8);
        int invalid = Reasons<InvalidTransaction>(registry, custom), unknown = Reasons<UnknownTransaction>(registry, custom);
        return new TypeDescription(
            ["sp_runtime", "transaction_validity", "TransactionValidityError"],
            [],
            new TypeDefinition.Variant([new TypeVariant("Invalid", [TypeField.Unnamed(invalid)], 0, []), new TypeVariant("Unknown", [TypeField.Unnamed(unknown)], 1, [])]),
            []);
    });

    /// <summary>The reason in Substrate's words, as clients show it.</summary>
    public override string ToString() => IsUnknown ? UnknownText() : InvalidText();

    private static int Reasons<T>(TypeRegistryBuilder registry, int custom)
        where T : struct, Enum => registry.Named(typeof(T), _ => new TypeDescription(
            ["sp_runtime", "transaction_validity", typeof(T).Name],
            [],
            new TypeDefinition.Variant([.. Enum.GetValues<T>().Select(reason => new TypeVariant(
                reason.ToString(), reason.ToString() == "Custom" ? [TypeField.Unnamed(custom)] : [], Convert.ToByte(reason, CultureInfo.InvariantCulture), []))]),
            []));

    private string UnknownText() => (UnknownTransaction)Reason switch
    {
        UnknownTransaction.CannotLookup => "Could not lookup information required to validate the transaction",
        UnknownTransaction.NoUnsignedValidator => "Could not find an unsigned validator for the unsigned transaction",
        _ => "UnknownTransaction custom error",
    };

    private string InvalidText() => (InvalidTransaction)Reason switch
    {
        InvalidTransaction.Call => "Transaction call is not expected",
        InvalidTransaction.Payment => "Inability to pay some fees (e.g. account balance too low)",
        InvalidTransaction.Future => "Transaction will be valid in the future",
        InvalidTransaction.Stale => "Transaction is outdated",
        InvalidTransaction.BadProof => "Transaction has a bad signature",
        InvalidTransaction.AncientBirthBlock => "Transaction has an ancient birth block",
        InvalidTransaction.ExhaustsResources => "Transaction would exhaust the block limits",
        InvalidTransaction.Custom => string.Create(CultureInfo.InvariantCulture, $"Custom error: {_custom}"),
        InvalidTransaction.BadMandatory => "A call was labelled as mandatory, but resulted in an Error.",
        InvalidTransaction.MandatoryValidation => "Transaction dispatch is mandatory; transactions must not be validated.",
        InvalidTransaction.BadSigner => "Invalid signing address",
        InvalidTransaction.IndeterminateImplicit => "The implicit data was unable to be calculated",
        _ => "The transaction extension did not authorize any origin",
    };
}
