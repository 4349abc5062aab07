namespace Phala.Clusters;

/// <summary>What a cluster noted while it executed. None of it says what contracts were told or answered.</summary>
public enum LogKind : byte
{
    /// <summary>A message that is none of the cluster's, or that its sender may not send.</summary>
    MessageIgnored = 0,

    /// <summary>The cluster began.</summary>
    ClusterCreated,

    /// <summary>The cluster ended.</summary>
    ClusterEnded,

    /// <summary>Code was added.</summary>
    CodeAdded,

    /// <summary>A contract came into being.</summary>
    Instantiated,

    /// <summary>A contract did not: it exists already.</summary>
    DuplicateContract,

    /// <summary>A contract did not: the worker's program has no such code.</summary>
    CodeNotFound,

    /// <summary>A contract did not: its deployer can't pay for the gas.</summary>
    CannotPay,

    /// <summary>A contract did not: its constructor failed.</summary>
    ConstructorFailed,

    /// <summary>Code was not added: it is no contract's, or may compute differently from worker to worker.</summary>
    CodeRefused,

    /// <summary>Tokens were not credited: there would be more than a number can say.</summary>
    DepositRefused,

    /// <summary>A contract's event asked for something that the system contract alone may ask for.</summary>
    EffectRefused,

    /// <summary>A contract's event asked for something of programs beside contracts, which there are none of.</summary>
    EffectUnsupported,

    /// <summary>A contract's event to its host is none.</summary>
    EffectMalformed,

    /// <summary>A contract's message is called at the end of each entry from now on.</summary>
    HookSet,

    /// <summary>A contract's message is not called at the end of entries any more.</summary>
    HookRemoved,

    /// <summary>A message can't be called at the end of entries: there is no such contract, or there are too many.</summary>
    HookRefused,

    /// <summary>A message was not called at the end of an entry: its contract can't pay for the gas.</summary>
    HookCannotPay,

    /// <summary>A message that was called at the end of an entry failed, and changed nothing.</summary>
    HookFailed,

    /// <summary>A contract has another weight.</summary>
    WeightSet,

    /// <summary>Queries to the log are for another contract.</summary>
    LogHandlerSet,

    /// <summary>The next entry is executed by newer rules.</summary>
    RulesChanged,

    /// <summary>The rules were not changed: those that were asked for do not come at once after those that there are.</summary>
    RulesRefused,

    /// <summary>Code was not added: who brought it can't pay for what it takes.</summary>
    CodeNotPaid,
}
