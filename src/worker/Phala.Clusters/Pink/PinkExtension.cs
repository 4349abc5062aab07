using System.Diagnostics.CodeAnalysis;
using Phala.Chain;
using Phala.Clusters.Execution;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Crypto.Hashing;
using Phala.Crypto.Signatures;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;

namespace Phala.Clusters.Pink;

/// <summary>Phala's extension of ink!, extension 0: what it gives in every mode. What depends on the mode, derived classes have.</summary>
/// <remarks>
/// <b>Invariant.</b> What commands and estimates have (<see cref="CommandExtension"/>) can reach nothing but the call, so that it is the same on all members. The arguments are SCALE, one after the other; any bytes give an
/// answer or end the call.
/// </remarks>
/// <param name="root">The cluster's secrets; null where the worker has none.</param>
internal abstract class PinkExtension(ClusterSecrets? root)
{
    /// <summary>The extension's number.</summary>
    internal const ushort Id = 0;

    private const int SecretLength = 64;

    /// <summary>Runs a function.</summary>
    /// <param name="function">Its number.</param>
    /// <param name="call">The call that asks.</param>
    /// <param name="input">The arguments.</param>
    /// <returns>A status, and the result in SCALE where it is 0. Where the call has failed it is of no use.</returns>
    internal ExtensionReply Run(ushort function, CallContext call, ReadOnlySpan<byte> input)
    {
        ScaleReader reader = new(input);
        if (!call.TrySpend(Fuel.Look + (Fuel.InputByte * (uint)input.Length))) return default;
        switch ((ExtensionFunction)function)
        {
            case ExtensionFunction.HttpRequest:
                return Send(call, ref reader);
            case ExtensionFunction.BatchHttpRequest:
                return SendAll(call, ref reader);
            case ExtensionFunction.Sign:
                return TryReadSigning(ref reader, out SignatureType signs, out Vec<byte> key) && TryReadBytes(ref reader, out Vec<byte> message) ? Bytes(Sign(call, signs, key.AsSpan(), message.AsSpan())) : Undecoded(call);
            case ExtensionFunction.GetPublicKey:
                return TryReadSigning(ref reader, out SignatureType kind, out Vec<byte> secret) ? Bytes(PublicKey(call, kind, secret.AsSpan())) : Undecoded(call);
            case ExtensionFunction.Verify:
                return Verify(call, ref reader);
            case ExtensionFunction.DeriveSr25519Key:
                return TryReadBytes(ref reader, out Vec<byte> salt) ? Derive(call, salt.AsSpan()) : Undecoded(call);
            case ExtensionFunction.CacheSet:
                return TryReadBytes(ref reader, out Vec<byte> name) && TryReadBytes(ref reader, out Vec<byte> value) ? Remember(call, name, value) : Undecoded(call);
            case ExtensionFunction.CacheSetExpiration:
                return TryReadBytes(ref reader, out Vec<byte> expiring) && reader.TryReadUInt64(out ulong seconds) ? SetExpiration(call, expiring, seconds) : Undecoded(call);
            case ExtensionFunction.CacheGet:
                return TryReadBytes(ref reader, out Vec<byte> sought) ? Given(call, Recall(call, sought)) : Undecoded(call);
            case ExtensionFunction.CacheRemove:
                return TryReadBytes(ref reader, out Vec<byte> gone) ? Given(call, Forget(call, gone)) : Undecoded(call);
            case ExtensionFunction.Log:
                return reader.TryReadByte(out byte level) && reader.TryReadString(out string? line) ? Log(call, level, line) : Undecoded(call);
            case ExtensionFunction.GetRandom:
                return reader.TryReadByte(out byte length) ? Bytes(Draw(length)) : Undecoded(call);
            case ExtensionFunction.EcdsaSignPrehashed or ExtensionFunction.EcdsaVerifyPrehashed:
                return Prehashed(call, (ExtensionFunction)function == ExtensionFunction.EcdsaSignPrehashed, ref reader);
            default:
                return Tell(function, call, ref reader);
        }
    }

    /// <summary>Whether a command is executed, or as if.</summary>
    private protected abstract bool IsInTransaction { get; }

    /// <summary>Which worker this is, 32 bytes.</summary>
    private protected abstract byte[] Worker { get; }

    /// <summary>The time of the machine.</summary>
    private protected abstract ulong Clock { get; }

    /// <summary>Reads a request, and sends it.</summary>
    private protected abstract ExtensionReply Send(CallContext call, ref ScaleReader reader);

    /// <summary>Reads requests and a time in milliseconds, and sends them.</summary>
    private protected abstract ExtensionReply SendAll(CallContext call, ref ScaleReader reader);

    private protected abstract byte[] SignSr25519(Sr25519KeyPair pair, ReadOnlySpan<byte> message);

    private protected abstract ExtensionReply Remember(CallContext call, Vec<byte> key, Vec<byte> value);

    private protected abstract ExtensionReply SetExpiration(CallContext call, Vec<byte> key, ulong seconds);

    private protected abstract Vec<byte>? Recall(CallContext call, Vec<byte> key);

    private protected abstract Vec<byte>? Forget(CallContext call, Vec<byte> key);

    private protected abstract byte[] Draw(int length);

    private protected static ExtensionReply Ok<T>(T value)
        where T : IScale<T> => new(0, Scale.Encode(value));

    private protected static ExtensionReply Done => new(0, []);

    /// <summary>What looks at the call, its engine or its mode.</summary>
    private ExtensionReply Tell(ushort function, CallContext call, ref ScaleReader reader)
    {
        switch ((ExtensionFunction)function)
        {
            case ExtensionFunction.IsInTransaction:
                return new(0, [IsInTransaction ? (byte)1 : (byte)0]);
            case ExtensionFunction.SystemContractId:
                return call.TrySpend(Fuel.Read) && call.Engine.Storage.TryGetConfig(out State.ClusterConfig config) ? Ok(config.SystemContract) : default;
            case ExtensionFunction.BalanceOf:
                if (!AccountId.TryDecode(ref reader, out AccountId account)) return Undecoded(call);
                UInt128 balance = call.BalanceOf(account);
                return new(0, Scale.Encode<Tuple2Codec<U128Codec, UInt128, U128Codec, UInt128>, (UInt128, UInt128)>((balance, balance)));
            case ExtensionFunction.WorkerPubkey:
                return new(0, Worker);
            case ExtensionFunction.UntrustedMillisSinceUnixEpoch:
                return new(0, BitConverter.GetBytes(Clock));
            case ExtensionFunction.CodeExists:
                return Hash256.TryDecode(ref reader, out Hash256 code) && reader.TryReadBool(out bool isBeside) ? new(0, [call.HasCode(code, isBeside) ? (byte)1 : (byte)0]) : Undecoded(call);
            case ExtensionFunction.RuntimeVersion:
                return new(0, Scale.Encode(call.Engine.Point.Rules));
            case ExtensionFunction.CurrentEventChainHead:
                return new(0, new byte[sizeof(ulong) + Hash256.Size]);
            case ExtensionFunction.JsEval:
                return Ok<JsValue>(new JsValue.Exception(IsInTransaction ? "Js evaluation is not supported in transaction" : "No JavaScript engine is there"));
            case ExtensionFunction.ImportLatestSystemCode:
                return ImportSystemCode(call, ref reader);
            case ExtensionFunction.WorkerSgxQuote:
                return new(0, [0]);
            default:
                call.Fail(CallStatus.NoExtensionFunction);
                return default;
        }
    }

    /// <summary>System contracts alone may ask. What there is to import is there with the rules.</summary>
    private static ExtensionReply ImportSystemCode(CallContext call, ref ScaleReader reader)
    {
        if (!AccountId.TryDecode(ref reader, out _)) return Undecoded(call);
        bool isSystem = call.Engine.Storage.TryGetConfig(out State.ClusterConfig config) && config.SystemContract == call.Self;
        if (!isSystem) call.Fail(CallStatus.BadOrigin);
        return isSystem ? new(0, Scale.Encode<OptionCodec<Hash256, Hash256>, Option<Hash256>>(call.Engine.SystemCode is { } code ? new(code) : default)) : default;
    }

    private static ExtensionReply Log(CallContext call, byte level, string line)
    {
        if (call.TrySpend(Fuel.DebugByte * (uint)line.Length)) call.Engine.Log.Add(new ContractLog(call.Self, level, line));
        return Done;
    }

    private ExtensionReply Derive(CallContext call, ReadOnlySpan<byte> salt)
    {
        if (root is null) call.Fail(CallStatus.KeySeedMissing);
        if (root is null || !call.TrySpend(Fuel.DeriveKey + (Fuel.Blake2Byte * (uint)salt.Length))) return default;
        byte[] secret = new byte[SecretLength];
        using Sr25519KeyPair pair = root.DeriveContractKey(call.Self, salt);
        pair.CopySecret(Sr25519SecretForm.Canonical, secret);
        return Bytes(secret);
    }

    private byte[] Sign(CallContext call, SignatureType type, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message)
    {
        if (!call.TrySpend(Fuel.Sign + (Fuel.Sr25519VerifyByte * (uint)message.Length))) return [];
        switch (type)
        {
            case SignatureType.Ed25519 when key.Length == Ed25519.SeedLength:
                byte[] signature = new byte[Ed25519.SignatureLength];
                using (Ed25519KeyPair pair = Ed25519KeyPair.FromSeed(key)) pair.Sign(message, signature);
                return signature;
            case SignatureType.Sr25519 when TryReadSr25519(key, out Sr25519KeyPair? pair):
                using (pair) return SignSr25519(pair, message);
            case SignatureType.Ecdsa when key.Length == EcdsaSecp256k1.SecretKeyLength:
                Span<byte> hash = stackalloc byte[EcdsaSecp256k1.HashLength];
                Blake2b.Hash256(message, hash);
                return SignEcdsa(call, key, hash);
            default:
                call.Fail(CallStatus.BadKey);
                return [];
        }
    }

    private static byte[] SignEcdsa(CallContext call, ReadOnlySpan<byte> key, ReadOnlySpan<byte> hash)
    {
        byte[] signature = new byte[EcdsaSecp256k1.RecoverableSignatureLength];
        if (!EcdsaSecp256k1.TrySign(key, hash, signature)) call.Fail(CallStatus.BadKey);
        return signature;
    }

    private static byte[] PublicKey(CallContext call, SignatureType type, ReadOnlySpan<byte> key)
    {
        if (!call.TrySpend(Fuel.Sign)) return [];
        switch (type)
        {
            case SignatureType.Ed25519 when key.Length == Ed25519.SeedLength:
                using (Ed25519KeyPair pair = Ed25519KeyPair.FromSeed(key)) return pair.PublicKey.ToArray();
            case SignatureType.Sr25519 when TryReadSr25519(key, out Sr25519KeyPair? pair):
                using (pair) return pair.PublicKey.ToArray();
            case SignatureType.Ecdsa when key.Length == EcdsaSecp256k1.SecretKeyLength && EcdsaSecp256k1.TryDerivePublicKey(key, out Secp256k1PublicKey point):
                byte[] compressed = new byte[Secp256k1PublicKey.CompressedLength];
                point.Encode(compressed);
                return compressed;
            default:
                call.Fail(CallStatus.BadKey);
                return [];
        }
    }

    private static ExtensionReply Verify(CallContext call, ref ScaleReader reader)
    {
        if (!SignatureTypeCodec.TryDecode(ref reader, out SignatureType type) || !TryReadBytes(ref reader, out Vec<byte> key) || !TryReadBytes(ref reader, out Vec<byte> message) || !TryReadBytes(ref reader, out Vec<byte> signature))
        {
            return Undecoded(call);
        }

        bool isGood = call.TrySpend(Fuel.EcdsaRecover + (Fuel.Sr25519VerifyByte * (uint)message.Length)) && type switch
        {
            SignatureType.Ed25519 => IsLong(key, Ed25519.PublicKeyLength) && IsLong(signature, Ed25519.SignatureLength) && Ed25519.Verify(key.AsSpan(), message.AsSpan(), signature.AsSpan()) == SignatureVerdict.Valid,
            SignatureType.Sr25519 => IsLong(key, Sr25519.PublicKeyLength) && IsLong(signature, Sr25519.SignatureLength) && Sr25519.Verify(key.AsSpan(), message.AsSpan(), signature.AsSpan()) == SignatureVerdict.Valid,
            _ => VerifyEcdsa(key.AsSpan(), message.AsSpan(), signature.AsSpan()),
        };
        return new(0, [isGood ? (byte)1 : (byte)0]);
    }

    private static bool VerifyEcdsa(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        Span<byte> hash = stackalloc byte[EcdsaSecp256k1.HashLength];
        Blake2b.Hash256(message, hash);
        return IsSigned(key, hash, signature);
    }

    private static bool IsSigned(ReadOnlySpan<byte> key, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature) =>
        signature.Length == EcdsaSecp256k1.RecoverableSignatureLength && key.Length == Secp256k1PublicKey.CompressedLength
        && Secp256k1PublicKey.TryDecode(key, out Secp256k1PublicKey point) == Secp256k1PublicKeyError.None && EcdsaSecp256k1.Verify(point, hash, signature) == EcdsaError.None;

    private static ExtensionReply Prehashed(CallContext call, bool signs, ref ScaleReader reader)
    {
        ReadOnlySpan<byte> key = default, signature = default, hash = default;
        if (signs)
        {
            if (!TryReadBytes(ref reader, out Vec<byte> secret) || !reader.TryReadSpan(EcdsaSecp256k1.HashLength, out hash)) return Undecoded(call);
            if (!call.TrySpend(Fuel.Sign)) return default;
            if (secret.Length != EcdsaSecp256k1.SecretKeyLength) call.Fail(CallStatus.BadKey);
            return call.IsStopped ? default : new(0, SignEcdsa(call, secret.AsSpan(), hash));
        }

        bool isRead = reader.TryReadSpan(EcdsaSecp256k1.RecoverableSignatureLength, out signature) && reader.TryReadSpan(EcdsaSecp256k1.HashLength, out hash) && reader.TryReadSpan(Secp256k1PublicKey.CompressedLength, out key);
        if (!isRead) return Undecoded(call);
        return new(0, [call.TrySpend(Fuel.EcdsaRecover) && IsSigned(key, hash, signature) ? (byte)1 : (byte)0]);
    }

    private static bool TryReadSr25519(ReadOnlySpan<byte> key, [NotNullWhen(true)] out Sr25519KeyPair? pair)
    {
        pair = key.Length == Sr25519.SeedLength ? Sr25519KeyPair.FromSeed(key) : null;
        return pair is not null || (key.Length == SecretLength && Sr25519KeyPair.TryFromSecret(key, Sr25519SecretForm.Canonical, out pair));
    }

    private static bool TryReadSigning(ref ScaleReader reader, out SignatureType type, out Vec<byte> key)
    {
        key = default;
        return SignatureTypeCodec.TryDecode(ref reader, out type) && TryReadBytes(ref reader, out key);
    }

    private static bool TryReadBytes(ref ScaleReader reader, out Vec<byte> bytes) => VecCodec<U8Codec, byte>.TryDecode(ref reader, out bytes);

    private static bool IsLong(Vec<byte> bytes, int length) => bytes.Length == length;

    private static ExtensionReply Bytes(byte[] bytes) => new(0, Scale.Encode<VecCodec<U8Codec, byte>, Vec<byte>>(Vec.Create<byte>(bytes)));

    /// <summary>A value that was remembered: it is paid for before it is copied, whether there is room for it or not.</summary>
    private static ExtensionReply Given(CallContext call, Vec<byte>? bytes)
    {
        if (bytes is { } found && !call.TrySpend(Fuel.ReadByte * (uint)found.Length)) return default;
        return new(0, Scale.Encode<OptionCodec<VecCodec<U8Codec, byte>, Vec<byte>>, Option<Vec<byte>>>(bytes is { } value ? new(value) : default));
    }

    private protected static ExtensionReply Undecoded(CallContext call)
    {
        call.Fail(CallStatus.DecodingFailed);
        return default;
    }
}
