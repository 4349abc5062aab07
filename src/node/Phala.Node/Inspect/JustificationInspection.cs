using System.CommandLine;
using System.Text.Json.Nodes;
using Phala.Chain.Grandpa;

namespace Phala.Node.Inspect;

/// <summary><c>phala-node inspect justification</c></summary>
internal static class JustificationInspection
{
    public static Command Create()
    {
        Option<ulong?> setId = new("--set-id") { Description = "The number of the authority set that is said to have voted." };
        Option<string?> authorities = new("--authorities") { Description = "A file with the set's keys: a JSON list of keys or [key, weight], or SCALE." };
        InspectRun run = new("justification", "Decodes a GRANDPA justification; with --set-id and --authorities says whether it is valid, or the exact reason why not.", "The justification");
        run.Command.Options.Add(setId);
        run.Command.Options.Add(authorities);
        run.Command.Validators.Add(result =>
        {
            if (result.GetValue(setId) is null != result.GetValue(authorities) is null) result.AddError("--set-id and --authorities belong together.");
        });
        return run.With((line, input, tree) =>
        {
            if (line.GetValue(authorities) is not { } file) return Inspect(input.Bytes, null, tree);
            string? problem = TryReadSet(file, line.GetValue(setId)!.Value, out AuthoritySet? set);
            return problem ?? Inspect(input.Bytes, set, tree);
        });
    }

    /// <summary>Decodes a justification, and verifies it where the set is known.</summary>
    public static string? Inspect(byte[] bytes, AuthoritySet? set, JsonObject tree)
    {
        Codec.DecodeResult<Justification> decoded = Codec.Scale.Decode<Justification>(bytes);
        if (!decoded.TryGet(out Justification justification)) return $"no justification: {decoded.Error} at byte {decoded.Position}.";
        tree["round"] = justification.Round;
        tree["block"] = justification.Commit.TargetNumber;
        tree["hash"] = Codec.Hex.Format(justification.Commit.TargetHash.AsSpan());
        tree["votes"] = new JsonArray([.. justification.Commit.Precommits.ToArray().Select(vote => new JsonObject
        {
            ["voter"] = Codec.Hex.Format(vote.Id.AsSpan()),
            ["block"] = vote.Precommit.TargetNumber,
            ["hash"] = Codec.Hex.Format(vote.Precommit.TargetHash.AsSpan()),
        })]);
        tree["ancestries"] = new JsonArray([.. justification.VotesAncestries.ToArray().Select(header => JsonValue.Create($"#{header.Number} {Codec.Hex.Format(header.Hash().AsSpan())}"))]);
        if (set is null)
        {
            tree["verdict"] = "not verified: --set-id and --authorities say by whom it should be";
            return null;
        }

        JustificationError error = justification.Verify(set);
        tree["set"] = set.ToString();
        tree["verdict"] = error == JustificationError.None ? "valid" : error.ToString();
        return error == JustificationError.None ? null : $"not valid: {Explain(error)}";
    }

    private static string? TryReadSet(string file, ulong id, out AuthoritySet? set)
    {
        set = null;
        if (!InspectInput.TryRead(file, out InspectInput? input, out string? problem)) return $"--authorities: {problem}";
        problem = AuthorityListInput.TryRead(input, out Codec.Vec<GrandpaAuthority> authorities);
        if (problem is not null) return $"--authorities: {problem}";
        AuthoritySetError error = AuthoritySet.TryCreate(id, authorities, out set);
        return error == AuthoritySetError.None ? null : $"--authorities: no set of voters: {error}.";
    }

    private static string Explain(JustificationError error) => $"{error}: " + error switch
    {
        JustificationError.NoKnownVoter => "no vote is by a voter of the set.",
        JustificationError.UnconnectedVote => "a vote's target is neither the lowest target nor led to it by the headers.",
        JustificationError.NotEnoughWeight => "the voters have too little weight together.",
        JustificationError.WrongGhost => "the highest block that the votes finalize is another than the one they are said to finalize.",
        JustificationError.UnusedHeader => "a header leads from no target to the lowest one.",
        JustificationError.BadSignature => "a signature is not its voter's, over this vote in this round of this set.",
        _ => "it is for another block, or none.",
    };
}
