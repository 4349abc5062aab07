namespace Phala.Contracts.Analyzers.Model;

/// <summary>What a message is for.</summary>
internal enum MessageKind
{
    /// <summary>Makes a contract.</summary>
    Constructor,

    /// <summary>Changes it.</summary>
    Command,

    /// <summary>Looks at it.</summary>
    Query,
}
