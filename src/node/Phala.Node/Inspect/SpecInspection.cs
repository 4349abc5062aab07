using System.CommandLine;
using System.Text.Json.Nodes;
using Phala.Node.ChainSpecs;
using Phala.Runtime;
using Phala.Runtime.Interface.Versions;
using Phala.Terminal;
using Phala.Terminal.Keys;
using Phala.Trie;
using Hex = Phala.Codec.Hex;

namespace Phala.Node.Inspect;

/// <summary><c>phala-node inspect spec</c></summary>
internal static class SpecInspection
{
    public static Command Create()
    {
        Argument<string> file = new("file") { Description = "The chain specification of any Substrate chain in its raw form; for this program's chains also the plain form, or dev or local." };
        Option<int?> version = new("--state-version") { Description = "The version of the state, 0 or 1. [default: what the code in the specification says]" };
        Option<bool> json = new("--json") { Description = "Print JSON." };
        version.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is not (null or 0 or 1)) result.AddError("--state-version is 0 or 1.");
        });
        Command command = new("spec", "Computes the state root and the hash of block 0 that a chain specification leads to.") { file, version, json };
        command.SetAction(line =>
        {
            JsonObject tree = [];
            string? problem = Read(line, line.GetRequiredValue(file), out byte[] content) ?? Inspect(content, (StateVersion?)line.GetValue(version), tree);
            if (line.GetValue(json))
            {
                if (problem is not null) tree["problem"] = problem;
                line.InvocationConfiguration.Output.WriteLine(tree.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true }));
            }
            else
            {
                TreeText.Write(line.InvocationConfiguration.Output, tree);
            }

            return problem is null ? 0 : Failure.Report(line, $"error: {problem}");
        });
        return command;
    }

    /// <summary>Adds what a specification leads to.</summary>
    public static string? Inspect(byte[] content, StateVersion? asked, JsonObject tree)
    {
        RawSpecError error = RawSpec.TryRead(content, out RawSpec? spec, out string where);
        if (error == RawSpecError.NotRaw) return InspectPlain(content, tree);
        if (error != RawSpecError.None) return Explain(error, where);
        foreach ((string name, string value) in spec!.Head) tree[name] = value;
        if (spec.GivenRoot is { } given)
        {
            tree["note"] = "the specification has a state root in place of the state, so that there is nothing to verify it by";
            AddRoot(tree, given);
            return null;
        }

        tree["entries"] = spec.Count;
        if (spec.ChildCount > 0) tree["childTries"] = spec.ChildCount;
        if (asked is { } told) AddVersion(tree, spec, told, "as asked");
        else if (EmbeddedVersion.Find(spec.Code.Span) is { } embedded)
        {
            tree["runtime"] = $"{embedded.SpecName} {embedded.SpecVersion}";
            AddVersion(tree, spec, embedded.State, "as the code says");
        }
        else if (IsOwn(spec)) AddVersion(tree, spec, StateVersion.V1, "as this program's chains have");
        else if (EmbeddedVersion.IsModule(spec.Code.Span)) AddVersion(tree, spec, StateVersion.V0, "as the code is older than state versions");
        else AddBoth(tree, spec);
        return null;
    }

    private static bool IsOwn(RawSpec spec)
    {
        PhalaRuntime runtime = new();
        for (uint version = PhalaVersion.OldestSpec; version <= PhalaVersion.LatestSpec; version++)
        {
            if (spec.Code.Span.SequenceEqual(runtime.LightCode(version))) return true;
        }

        return false;
    }

    private static void AddVersion(JsonObject tree, RawSpec spec, StateVersion version, string why)
    {
        tree["stateVersion"] = $"{(int)version}, {why}";
        AddRoot(tree, spec.RootIn(version));
    }

    private static void AddBoth(JsonObject tree, RawSpec spec)
    {
        tree["stateVersion"] = EmbeddedVersion.IsCompressed(spec.Code.Span)
            ? "not known, as the code is compressed: both are shown, and --state-version chooses one"
            : "not known, as there is no code: both are shown, and --state-version chooses one";
        foreach (StateVersion version in Enum.GetValues<StateVersion>())
        {
            JsonObject each = [];
            tree[$"version{(int)version}"] = each;
            AddRoot(each, spec.RootIn(version));
        }
    }

    private static void AddRoot(JsonObject tree, Hash256 root)
    {
        tree["stateRoot"] = Hex.Format(root.AsSpan());
        tree["genesisHash"] = Hex.Format(RawSpec.GenesisHash(root).AsSpan());
    }

    private static string? InspectPlain(byte[] content, JsonObject tree)
    {
        if (!new ChainSpecReader(new PhalaRuntime().LightCode).TryRead(content, out ChainSpec? spec, out ChainSpecError? error))
        {
            return $"the specification is in the plain form, and not one of this program: only the chain's own program can make the raw form of it (build-spec --raw). {error}.";
        }

        (tree["name"], tree["id"], tree["chainType"]) = (spec.Name, spec.Id, spec.ChainType);
        tree["note"] = "a plain specification: the state is what this program makes of it";
        AddRoot(tree, spec.Genesis.Root);
        return null;
    }

    private static string? Read(ParseResult line, string file, out byte[] content)
    {
        content = [];
        if (BuiltInChain.Names.Contains(file))
        {
            ChainSpec spec = BuiltInChain.Spec(file, BuiltInChain.Genesis(file, slotDuration: null), new PhalaRuntime().LightCode);
            content = System.Text.Encoding.UTF8.GetBytes(ChainSpecWriter.WriteRaw(spec));
            return null;
        }

        try
        {
            using FileStream input = File.OpenRead(file);
            using ProgressBar bar = ProgressBar.OnError(line.InvocationConfiguration.Error);
            content = new byte[input.Length];
            for (int at = 0; at < content.Length;)
            {
                int read = input.Read(content, at, Math.Min(1 << 22, content.Length - at));
                if (read == 0) return $"{file} became shorter while it was read.";
                at += read;
                bar.Report("Reading", at, content.Length);
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or OverflowException)
        {
            return $"{file} can't be read: {exception.Message}";
        }
    }

    private static string Explain(RawSpecError error, string where) => error switch
    {
        RawSpecError.NoJson => $"the file is no JSON object ({where}).",
        RawSpecError.NoGenesis => "genesis is missing, or no object.",
        RawSpecError.LongKey => $"{where}: the key is longer than {MerkleTrie.MaxKeyLength} bytes.",
        RawSpecError.ChildRoot => $"{where}: it is the root of a child trie, which follows from childrenDefault.",
        RawSpecError.BadStateRoot => $"{where} is no hash of 32 bytes in hexadecimal.",
        _ => $"{where}: no hexadecimal key and value.",
    };
}
