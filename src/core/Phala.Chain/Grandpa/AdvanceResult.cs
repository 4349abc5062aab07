namespace Phala.Chain.Grandpa;

/// <summary>Whether a header follows a finalized head, and if not, why not.</summary>
/// <param name="Error">The step that failed.</param>
/// <param name="Justification">What is wrong with the justification, where that was the step.</param>
/// <param name="Digest">What is wrong with the digest, where that was the step.</param>
/// <param name="NextSet">What is wrong with the next set, where that was the step.</param>
public readonly record struct AdvanceResult(
    AdvanceError Error, JustificationError Justification = default, GrandpaDigestError Digest = default, AuthoritySetError NextSet = default)
{
    /// <summary>Whether the header follows.</summary>
    public bool IsOk => Error == AdvanceError.None;
}
