using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Transactions;

namespace Phala.Runtime.Pallets;

/// <summary>Errors of pallets as calls tell them, and as the pool tells them of transactions that prove their own right.</summary>
internal static class PalletErrors
{
    public static DispatchError ToDispatch(this PhalaMq.Error error) => DispatchError.Module(PhalaMq.Shape.Index, (byte)error);

    public static DispatchError ToDispatch(this PhalaRegistry.Error error) => DispatchError.Module(PhalaRegistry.Shape.Index, (byte)error);

    public static DispatchError ToDispatch(this PhalaPhatContracts.Error error) => DispatchError.Module(PhalaPhatContracts.Shape.Index, (byte)error);

    public static TransactionValidityError ToValidity(this PhalaMq.Error error) => error switch
    {
        PhalaMq.Error.BadSequence => InvalidTransaction.Stale,
        PhalaMq.Error.BadSignature => InvalidTransaction.BadProof,
        PhalaMq.Error.QueueFull => InvalidTransaction.ExhaustsResources,
        _ => TransactionValidityError.Custom((byte)error),
    };

    public static TransactionValidityError ToValidity(this PhalaRegistry.Error error) => error switch
    {
        PhalaRegistry.Error.SessionSuperseded or PhalaRegistry.Error.RegistrationSuperseded => InvalidTransaction.Stale,
        PhalaRegistry.Error.InvalidSignature => InvalidTransaction.BadProof,
        _ => TransactionValidityError.Custom((byte)error),
    };

    public static TransactionValidityError ToValidity(this PhalaPhatContracts.Error error) => error switch
    {
        PhalaPhatContracts.Error.ReportStale => InvalidTransaction.Stale,
        _ => TransactionValidityError.Custom((byte)error),
    };
}
