namespace Phala.Crypto.Ethereum;

/// <summary>The domain of EIP-712, which keeps a signature for one application from being used in another. Members that are null are not part of the type.</summary>
public sealed record TypedDataDomain
{
    /// <summary>The application's name.</summary>
    public string? Name { get; init; }

    /// <summary>The version of the application's messages.</summary>
    public string? Version { get; init; }

    /// <summary>The chain's EIP-155 identifier.</summary>
    public UInt128? ChainId { get; init; }

    /// <summary>The address of the verifying contract, 20 bytes.</summary>
    public ReadOnlyMemory<byte>? VerifyingContract { get; init; }

    /// <summary>What tells the application apart where all else is equal, 32 bytes.</summary>
    public ReadOnlyMemory<byte>? Salt { get; init; }

    /// <summary>The type <c>EIP712Domain</c> with the members that are there.</summary>
    public TypedDataType Type
    {
        get
        {
            List<TypedDataField> fields = [];
            if (Name is not null) fields.Add(new TypedDataField("string", "name"));
            if (Version is not null) fields.Add(new TypedDataField("string", "version"));
            if (ChainId is not null) fields.Add(new TypedDataField("uint256", "chainId"));
            if (VerifyingContract is not null) fields.Add(new TypedDataField("address", "verifyingContract"));
            if (Salt is not null) fields.Add(new TypedDataField("bytes32", "salt"));
            return new TypedDataType("EIP712Domain", [.. fields]);
        }
    }

    /// <summary>Writes the domain separator.</summary>
    /// <param name="separator">Receives 32 bytes.</param>
    public void WriteSeparator(Span<byte> separator)
    {
        Span<byte> typeHash = stackalloc byte[32];
        Type.WriteHash(typeHash);
        TypedDataEncoder encoder = TypedDataEncoder.ForStruct(typeHash);
        if (Name is not null) encoder.AddString(Name);
        if (Version is not null) encoder.AddString(Version);
        if (ChainId is { } chainId) encoder.AddUInt(chainId);
        if (VerifyingContract is { } contract) encoder.AddAddress(contract.Span);
        if (Salt is { } salt) encoder.AddFixedBytes(salt.Span);
        encoder.Finish(separator);
    }
}
