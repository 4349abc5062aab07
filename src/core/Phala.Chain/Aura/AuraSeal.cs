using System.Buffers.Binary;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Trie;

namespace Phala.Chain.Aura;

/// <summary>Who may author which block: time is divided into slots, and slot s belongs to authority s modulo their number.</summary>
/// <remarks>
/// <para><b>Concept.</b> The author writes the slot into the header before execution and signs the finished header; the signature is the header's last digest item.</para>
/// <para><b>Invariant.</b> A header has at most one seal and one slot, and slots ascend along a chain.</para>
/// <para><b>Trust.</b> Who checks a seal believes that the authority whose turn it was made this header. It may have made others for the same slot, and what the header
/// claims of state and body is for execution to check.</para>
/// </remarks>
public static class AuraSeal
{
    /// <summary>The length of a seal's signature in bytes.</summary>
    public const int SignatureLength = Sr25519.SignatureLength;

    /// <summary>Verifies a header's seal. Allocates nothing.</summary>
    /// <param name="header">The header with its seal.</param>
    /// <param name="context">What is known without it.</param>
    /// <param name="claim">What the seal says; its default unless it is valid.</param>
    /// <returns><see cref="AuraError.None"/>, or why not. Any header gives an answer.</returns>
    public static AuraError Verify(in Header header, in AuraContext context, out AuraClaim claim)
    {
        claim = default;
        if (!header.Digest.TryGetSeal(out DigestItem.Seal? seal) || seal.Engine != EngineId.Aura) return AuraError.MissingSeal;
        if (seal.Data.Length != SignatureLength) return AuraError.MalformedSeal;
        foreach (DigestItem item in header.Digest.Logs.AsSpan()[..^1])
        {
            if (item is DigestItem.Seal) return AuraError.SecondSeal;
        }

        AuraError error = ReadSlot(header.Digest, out ulong slot);
        if (error != AuraError.None) return error;
        if (slot <= context.ParentSlot) return AuraError.SlotNotAfterParent;
        if (slot > context.LatestSlot) return AuraError.SlotInFuture;
        if (context.Authorities.IsEmpty) return AuraError.NoAuthorities;

        int author = AuthorOf(slot, context.Authorities.Length);
        Hash256 hash = header.PreSealHash();
        if (Sr25519.Verify(context.Authorities[author].AsSpan(), hash.AsSpan(), seal.Data.AsSpan()) != SignatureVerdict.Valid) return AuraError.BadSignature;
        claim = new AuraClaim(slot, author, hash);
        return AuraError.None;
    }

    /// <summary>Reads the slot that a header claims, whether or not the header is sealed.</summary>
    /// <param name="digest">The header's digest.</param>
    /// <param name="slot">The slot.</param>
    /// <returns><see cref="AuraError.None"/>, <see cref="AuraError.MissingSlot"/>, <see cref="AuraError.SecondSlot"/> or <see cref="AuraError.MalformedSlot"/>.</returns>
    public static AuraError ReadSlot(in Digest digest, out ulong slot)
    {
        slot = 0;
        DigestItem.PreRuntime? found = null;
        foreach (DigestItem item in digest.Logs)
        {
            if (item is not DigestItem.PreRuntime candidate || candidate.Engine != EngineId.Aura) continue;
            if (found is not null) return AuraError.SecondSlot;
            found = candidate;
        }

        if (found is null) return AuraError.MissingSlot;
        if (found.Data.Length != sizeof(ulong)) return AuraError.MalformedSlot;
        slot = BinaryPrimitives.ReadUInt64LittleEndian(found.Data.AsSpan());
        return AuraError.None;
    }

    /// <summary>The place of the authority whose slot it is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are no authorities.</exception>
    public static int AuthorOf(ulong slot, int authorities)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(authorities);
        return (int)(slot % (ulong)authorities);
    }

    /// <summary>The digest item that claims a slot.</summary>
    public static DigestItem.PreRuntime Claim(ulong slot)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, slot);
        return new DigestItem.PreRuntime(EngineId.Aura, Vec.Create<byte>(bytes));
    }

    /// <summary>A header with its seal.</summary>
    /// <param name="header">The finished header, without a seal.</param>
    /// <param name="author">The key of the authority whose slot it is.</param>
    /// <param name="entropy">The bytes that signing takes; see <see cref="Sr25519.EntropyLength"/>.</param>
    public static Header Seal(in Header header, Sr25519KeyPair author, ReadOnlySpan<byte> entropy)
    {
        Span<byte> signature = stackalloc byte[SignatureLength];
        author.Sign(header.Hash().AsSpan(), entropy, signature);
        return header with { Digest = header.Digest.With(new DigestItem.Seal(EngineId.Aura, Vec.Create<byte>(signature))) };
    }
}
