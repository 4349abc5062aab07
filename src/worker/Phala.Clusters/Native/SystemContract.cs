using System.Buffers.Binary;
using System.Text;
using Phala.Chain;
using Phala.Clusters.Execution;
using Phala.Clusters.Pink;
using Phala.Clusters.State;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Crypto.Hashing;
using Phala.Trie;
using VersionCodec = Phala.Codec.Codecs.Tuple3Codec<Phala.Codec.Codecs.U16Codec, ushort, Phala.Codec.Codecs.U16Codec, ushort, Phala.Codec.Codecs.U16Codec, ushort>;

namespace Phala.Clusters.Native;

/// <summary>A cluster's owner, administrators, drivers and settings, with the selectors of the contract that Phala's clients know.</summary>
/// <remarks>
/// <para><b>Messages.</b> Those of the client protocol §2.8 that have a meaning without programs beside contracts; and of its own: <c>set_older_envelopes(bool)</c>, by which the owner says whether commands in the older
/// envelope are executed, and <c>remove_code(Hash)</c>, by which who added code that no contract runs has it forgotten and is given back what is locked for it; and <c>open_log(bool)</c>, by which a contract says whether everybody may read its part of the log. What concerns the cluster and not the contract alone it brings about by events (<see cref="PinkEvent"/>).</para>
/// <para><b>Storage.</b> 0 → owner; 1 ‖ account → an administrator; 2 ‖ hash of the name → <see cref="DriverRecord"/>; 4 → older envelopes are executed; 5 ‖ contract → its log is open.</para>
/// </remarks>
/// <param name="version">The version of this code that callers are told.</param>
public sealed class SystemContract((ushort Major, ushort Minor, ushort Patch) version) : ContractCode
{
    internal const uint Default = 0xed4b9d1b, Owner = 0xfeaea4fa, Version = 0x87c98a8d, GrantAdmin = 0x67612061, IsAdmin = 0xf06f050a, SetDriver = 0xaa1e2030, GetDriver = 0x2740cf0a,
        GetDriver2 = 0xc0f28223, DriverHistory = 0xd519dbec, SetContractWeight = 0x45ec9b18, TotalBalanceOf = 0x5a98f226, FreeBalanceOf = 0x8a0d40d7, CodeExists = 0x6fc58436, CodeHash = 0x916fdb44,
        ChangeDeposit = 0xa24bcb44, SetHook = 0x352c6b5c, UpgradeSystemContract = 0xaf69ca03, DoUpgrade = 0x667e0041, UpgradeRuntime = 0x317f6bf3;

    internal static readonly uint SetOlderEnvelopes = Ink.Selector("set_older_envelopes"), RemoveCode = Ink.Selector("remove_code"), OpenLog = Ink.Selector("open_log");

    private const byte OwnerMark = 0, AdminMark = 1, DriverMark = 2, OlderEnvelopesMark = 4, OpenLogMark = 5;
    private const string DepositDriver = "ContractDeposit", LogDriver = "PinkLogger";

    private static readonly Hash256 DriverChanged = Ink.EventTopic("System::DriverChanged"), AdministratorAdded = Ink.EventTopic("System::AdministratorAdded");

    /// <summary>The first version.</summary>
    public SystemContract()
        : this((1, 0, 0))
    {
    }

    /// <summary>Where the contract says that older envelopes are executed: the key is there.</summary>
    internal static ReadOnlySpan<byte> OlderEnvelopesKey => [OlderEnvelopesMark];

    /// <summary>Where the contract says that another's log is open: the key is there.</summary>
    internal static byte[] OpenLogKey(in Hash256 contract) => [OpenLogMark, .. contract.AsSpan()];

    /// <summary>Whether an account is the owner or an administrator.</summary>
    internal static bool Manages(ClusterStorage storage, in Hash256 system, in AccountId account) =>
        (storage.TryGetStored(system, [OwnerMark], out ReadOnlySpan<byte> owner) && owner.SequenceEqual(account.AsSpan())) || storage.TryGetStored(system, [AdminMark, .. account.AsSpan()], out _);

    /// <inheritdoc/>
    public override CallResult Construct(CallContext call, ReadOnlySpan<byte> input)
    {
        ScaleReader reader = new(input);
        if (!Ink.TryReadSelector(ref reader, out uint selector) || selector != Default || !reader.TryFinish()) return Ink.CouldNotReadInput;
        call.Set([OwnerMark], call.Caller.AsSpan());
        return Ink.Unit;
    }

    /// <inheritdoc/>
    public override CallResult Call(CallContext call, ReadOnlySpan<byte> input)
    {
        ScaleReader reader = new(input);
        if (!Ink.TryReadSelector(ref reader, out uint selector)) return Ink.CouldNotReadInput;
        if (selector == SetOlderEnvelopes) return OnSetOlderEnvelopes(call, ref reader);
        if (selector == OpenLog) return OnOpenLog(call, ref reader);
        if (selector == RemoveCode) return OnRemoveCode(call, ref reader);
        return selector switch
        {
            Owner => reader.TryFinish() ? Ink.Return(OwnerOf(call)) : Ink.CouldNotReadInput,
            Version => reader.TryFinish() ? Ink.Return<VersionCodec, (ushort, ushort, ushort)>(version) : Ink.CouldNotReadInput,
            GrantAdmin => OnGrantAdmin(call, ref reader),
            IsAdmin => Ink.TryReadLast(ref reader, out AccountId admin) ? Ink.Return<BoolCodec, bool>(HasAdmin(call, admin)) : Ink.CouldNotReadInput,
            SetDriver => OnSetDriver(call, ref reader),
            GetDriver or GetDriver2 or DriverHistory => OnGetDriver(call, selector, ref reader),
            SetContractWeight => OnSetContractWeight(call, ref reader),
            SetHook => OnSetHook(call, ref reader),
            UpgradeSystemContract => reader.TryFinish() ? OnUpgradeSystemContract(call) : Ink.CouldNotReadInput,
            DoUpgrade => OnDoUpgrade(call, ref reader),
            UpgradeRuntime => OnUpgradeRuntime(call, ref reader),
            TotalBalanceOf or FreeBalanceOf => Ink.TryReadLast(ref reader, out AccountId account) ? Ink.Return<U128Codec, UInt128>(call.BalanceOf(account)) : Ink.CouldNotReadInput,
            CodeExists => OnCodeExists(call, ref reader),
            CodeHash => OnCodeHash(call, ref reader),
            ChangeDeposit => OnChangeDeposit(call, input, ref reader),
            _ => Ink.CouldNotReadInput,
        };
    }

    private static CallResult OnGrantAdmin(CallContext call, ref ScaleReader input)
    {
        if (!Ink.TryReadLast(ref input, out AccountId account)) return Ink.CouldNotReadInput;
        if (call.Caller != OwnerOf(call)) return Ink.RevertWith((byte)SystemError.PermisionDenied);
        call.Set([AdminMark, .. account.AsSpan()], []);
        call.Emit([AdministratorAdded], [1, .. account.AsSpan()]);
        return Ink.OkUnit;
    }

    private static CallResult OnSetDriver(CallContext call, ref ScaleReader input)
    {
        if (!input.TryReadString(out string? name) || !Ink.TryReadLast(ref input, out AccountId contract)) return Ink.CouldNotReadInput;
        if (!MayManage(call)) return Ink.RevertWith((byte)SystemError.PermisionDenied);
        DriverRecord? before = Driver(call, name);
        if (before?.Contract == contract) return Ink.OkUnit;
        Vec<(uint, AccountId)> history = before is null ? default : Vec.Create<(uint, AccountId)>([.. before.History, (before.Block, before.Contract)]);
        call.Set(DriverKey(name), Scale.Encode(new DriverRecord(call.BlockNumber, contract, history)));
        byte[] previous = Scale.Encode<OptionCodec<AccountId, AccountId>, Option<AccountId>>(before is null ? default : new(before.Contract));
        if (name == LogDriver) Tell(call, new PinkEvent.SetLogHandler(contract));
        call.Emit([DriverChanged], [0, .. Scale.Encode<StringCodec, string>(name), .. previous, .. contract.AsSpan()]);
        return Ink.OkUnit;
    }

    private static CallResult OnGetDriver(CallContext call, uint selector, ref ScaleReader input)
    {
        if (!input.TryReadString(out string? name) || !input.TryFinish()) return Ink.CouldNotReadInput;
        DriverRecord? driver = Driver(call, name);
        return selector switch
        {
            GetDriver => Ink.Return<OptionCodec<AccountId, AccountId>, Option<AccountId>>(driver is null ? default : new(driver.Contract)),
            GetDriver2 => Ink.Return<OptionCodec<Tuple2Codec<U32Codec, uint, AccountId, AccountId>, (uint, AccountId)>, Option<(uint, AccountId)>>(
                driver is null ? default : new((driver.Block, driver.Contract))),
            _ => Ink.Return<OptionCodec<VecCodec<Tuple2Codec<U32Codec, uint, AccountId, AccountId>, (uint, AccountId)>, Vec<(uint, AccountId)>>, Option<Vec<(uint, AccountId)>>>(
                driver is null ? default : new(driver.History)),
        };
    }

    private static CallResult OnSetContractWeight(CallContext call, ref ScaleReader input)
    {
        if (!AccountId.TryDecode(ref input, out AccountId contract) || !input.TryReadUInt32(out uint weight) || !input.TryFinish()) return Ink.CouldNotReadInput;
        if (!MayManage(call)) return Ink.RevertWith((byte)SystemError.PermisionDenied);
        return Tell(call, new PinkEvent.SetContractWeight(contract, weight));
    }

    private static CallResult OnSetHook(CallContext call, ref ScaleReader input)
    {
        if (!HookPointCodec.TryDecode(ref input, out HookPoint hook) || !AccountId.TryDecode(ref input, out AccountId contract)) return Ink.CouldNotReadInput;
        if (!input.TryReadUInt32(out uint selector) || !input.TryReadUInt64(out ulong gas) || !input.TryFinish()) return Ink.CouldNotReadInput;
        return MayManage(call) ? Tell(call, new PinkEvent.SetHook(hook, contract, selector, gas)) : Ink.RevertWith((byte)SystemError.PermisionDenied);
    }

    /// <summary>The newest code under the rules takes this one's place and does what it has to do with what it finds.</summary>
    private CallResult OnUpgradeSystemContract(CallContext call)
    {
        if (call.Caller != OwnerOf(call)) return Ink.RevertWith((byte)SystemError.PermisionDenied);
        if (call.Engine.SystemCode is not { } newest || !call.TryGetCodeHash(call.Self, out Hash256 own)) return Ink.RevertWith((byte)SystemError.CodeNotFound);
        if (newest == own) return Ink.OkUnit;
        if (!call.Engine.TrySetCode(call.Self, newest)) return Ink.RevertWith((byte)SystemError.CodeNotFound);
        Span<byte> input = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(input, DoUpgrade);
        CallResult done = call.Call(call.Self, 0, (byte[])[.. input, .. Scale.Encode<VersionCodec, (ushort, ushort, ushort)>(version)], new CallTerms(AllowsReentry: true));
        return done.IsKept ? Ink.OkUnit : Ink.RevertWith((byte)SystemError.ConditionNotMet);
    }

    /// <summary>Nothing has to be done with what earlier versions stored: it means the same.</summary>
    private CallResult OnDoUpgrade(CallContext call, ref ScaleReader input)
    {
        if (!VersionCodec.TryDecode(ref input, out (ushort, ushort, ushort) before) || !input.TryFinish()) return Ink.CouldNotReadInput;
        if (call.Caller != call.SelfAccount) return Ink.RevertWith((byte)SystemError.PermisionDenied);
        return before.CompareTo(version) < 0 ? Ink.OkUnit : Ink.RevertWith((byte)SystemError.ConditionNotMet);
    }

    private static CallResult OnUpgradeRuntime(CallContext call, ref ScaleReader input)
    {
        if (!Ink.TryReadLast(ref input, out RulesVersion wanted)) return Ink.CouldNotReadInput;
        if (call.Caller != OwnerOf(call)) return Ink.RevertWith((byte)SystemError.PermisionDenied);
        RulesVersion now = call.Engine.Storage.Rules;
        if (wanted == now) return Ink.OkUnit;
        return wanted.Follows(now) ? Tell(call, new PinkEvent.UpgradeRuntimeTo(wanted)) : Ink.RevertWith((byte)SystemError.ConditionNotMet);
    }

    private static CallResult OnSetOlderEnvelopes(CallContext call, ref ScaleReader input)
    {
        if (!input.TryReadBool(out bool accepts) || !input.TryFinish()) return Ink.CouldNotReadInput;
        if (call.Caller != OwnerOf(call)) return Ink.RevertWith((byte)SystemError.PermisionDenied);
        if (accepts) call.Set(OlderEnvelopesKey, []);
        else call.Remove(OlderEnvelopesKey);
        return Ink.OkUnit;
    }

    /// <summary>A contract alone says whether its log is open, by its code.</summary>
    private static CallResult OnOpenLog(CallContext call, ref ScaleReader input)
    {
        if (!input.TryReadBool(out bool isOpen) || !input.TryFinish()) return Ink.CouldNotReadInput;
        Hash256 contract = new(call.Caller.AsSpan());
        if (!call.TryGetCodeHash(contract, out _)) return Ink.RevertWith((byte)SystemError.PermisionDenied);
        if (isOpen) call.Set(OpenLogKey(contract), []);
        else call.Remove(OpenLogKey(contract));
        return Ink.OkUnit;
    }

    private static CallResult OnRemoveCode(CallContext call, ref ScaleReader input)
    {
        if (!Ink.TryReadLast(ref input, out Hash256 code)) return Ink.CouldNotReadInput;
        return call.Engine.RemoveCode(call.Caller, code) is { } error ? Ink.RevertWith((byte)error) : Ink.OkUnit;
    }

    private static CallResult OnCodeExists(CallContext call, ref ScaleReader input)
    {
        if (!Hash256.TryDecode(ref input, out Hash256 hash) || !input.TryReadByte(out byte kind) || kind > 1 || !input.TryFinish()) return Ink.CouldNotReadInput;
        return Ink.Return<BoolCodec, bool>(call.HasCode(hash, besideContracts: kind == 1));
    }

    private static CallResult OnCodeHash(CallContext call, ref ScaleReader input)
    {
        if (!Ink.TryReadLast(ref input, out AccountId contract)) return Ink.CouldNotReadInput;
        return Ink.Return<OptionCodec<Hash256, Hash256>, Option<Hash256>>(call.TryGetCodeHash(new Hash256(contract.AsSpan()), out Hash256 code) ? new(code) : default);
    }

    /// <summary>What the chain asks of the driver for deposits is handed on to it.</summary>
    private static CallResult OnChangeDeposit(CallContext call, ReadOnlySpan<byte> input, ref ScaleReader reader)
    {
        if (!AccountId.TryDecode(ref reader, out _) || !reader.TryReadUInt128(out _) || !reader.TryFinish()) return Ink.CouldNotReadInput;
        if (call.Caller != call.SelfAccount) return Fail(new DriverError.BadOrigin());
        if (Driver(call, DepositDriver) is not { } driver) return Ink.OkUnit;
        CallResult result = call.Call(new Hash256(driver.Contract.AsSpan()), 0, input);
        return result.IsKept ? result : Fail(new DriverError.Other(result.Status.ToString()));
    }

    /// <summary>Tells the host; it does so when the command has returned.</summary>
    private static CallResult Tell(CallContext call, PinkEvent told)
    {
        call.Emit([PinkEvent.Topic], Scale.Encode(told));
        return Ink.OkUnit;
    }

    private static CallResult Fail(DriverError error) => CallResult.Revert((byte[])[0, 1, .. Scale.Encode(error)]);

    private static AccountId OwnerOf(CallContext call) => call.TryGet([OwnerMark], out ReadOnlySpan<byte> owner) ? new AccountId(owner) : default;

    private static bool HasAdmin(CallContext call, in AccountId account) => call.Contains([AdminMark, .. account.AsSpan()]);

    private static bool MayManage(CallContext call) => call.Caller == OwnerOf(call) || HasAdmin(call, call.Caller);

    private static DriverRecord? Driver(CallContext call, string name) =>
        call.TryGet(DriverKey(name), out ReadOnlySpan<byte> value) && Scale.Decode<DriverRecord>(value).TryGet(out DriverRecord? record) ? record : null;

    private static byte[] DriverKey(string name)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(Encoding.UTF8.GetBytes(name), hash);
        return [DriverMark, .. hash];
    }
}
