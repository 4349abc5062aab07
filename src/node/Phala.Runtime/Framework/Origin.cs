using Phala.Chain;

namespace Phala.Runtime.Framework;

/// <summary>On whose behalf a call is executed.</summary>
public readonly record struct Origin
{
    private readonly AccountId _account;

    private Origin(OriginKind kind, AccountId account = default) => (Kind, _account) = (kind, account);

    /// <summary>Whose kind.</summary>
    public OriginKind Kind { get; }

    /// <summary>Nobody.</summary>
    public static Origin None => default;

    /// <summary>The chain itself.</summary>
    public static Origin Root => new(OriginKind.Root);

    /// <summary>Whether it is the chain itself.</summary>
    public bool IsRoot => Kind == OriginKind.Root;

    /// <summary>Whether it is nobody.</summary>
    public bool IsNone => Kind == OriginKind.None;

    /// <summary>An account that signed.</summary>
    public static Origin Signed(in AccountId account) => new(OriginKind.Signed, account);

    /// <summary>The account, where one signed.</summary>
    public bool IsSigned(out AccountId account)
    {
        account = _account;
        return Kind == OriginKind.Signed;
    }
}
