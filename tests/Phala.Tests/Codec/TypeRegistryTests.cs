using System.Text.Json;
using Phala.Chain;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Codec.TypeInfo;
using Phala.Fuzz.Targets.Codec.Samples;
using Phala.Testing;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Codec;

/// <summary>The descriptions of types, and the registry as published clients read it.</summary>
public sealed class TypeRegistryTests
{
    [Fact]
    public void RecordsAreDescribedWithPathFieldsAndDocs()
    {
        TypeRegistryBuilder builder = new();
        int id = builder.Add<Header>();
        TypeRegistry registry = builder.Build();
        Assert.Equal(0, id);
        TypeDescription header = registry.Types[id];
        Assert.Equal(["sp_runtime", "generic", "header", "Header"], header.Path);
        Assert.Equal(["A block's header: what all that follows commits to."], header.Docs);
        IReadOnlyList<TypeField> fields = Assert.IsType<TypeDefinition.Composite>(header.Definition).Fields;
        Assert.Equal(["parent_hash", "number", "state_root", "extrinsics_root", "digest"], fields.Select(field => field.Name));
        Assert.Equal(["Hash256", "u32", "Hash256", "Hash256", "Digest"], fields.Select(field => field.TypeName));
        Assert.Equal(["The hash of the header before."], fields[0].Docs);
        Assert.Equal(fields[0].Type, fields[2].Type);

        TypeDescription hash = registry.Types[fields[0].Type];
        Assert.Equal(["primitive_types", "H256"], hash.Path);
        TypeField inner = Assert.Single(Assert.IsType<TypeDefinition.Composite>(hash.Definition).Fields);
        Assert.Null(inner.Name);
        Assert.Equal(new TypeDefinition.Array(32, IdOf(registry, Primitive.U8)), registry.Types[inner.Type].Definition);
        Assert.Equal(new TypeDefinition.Compact(IdOf(registry, Primitive.U32)), registry.Types[fields[1].Type].Definition);
    }

    [Fact]
    public void UnionsAndEnumsAreDescribedWithTheirIndices()
    {
        TypeRegistryBuilder builder = new();
        int digest = builder.Add<DigestItem>();
        int mode = builder.Add<ModeCodec, Mode>();
        TypeRegistry registry = builder.Build();
        IReadOnlyList<TypeVariant> items = Assert.IsType<TypeDefinition.Variant>(registry.Types[digest].Definition).Variants;
        Assert.Equal([("Other", 0), ("Consensus", 4), ("Seal", 5), ("PreRuntime", 6), ("RuntimeEnvironmentUpdated", 8)], items.Select(item => (item.Name, (int)item.Index)));
        Assert.All(items[1].Fields, field => Assert.Null(field.Name));
        Assert.Equal(["The author's signature. It is added after execution and stands last."], items[2].Docs);

        IReadOnlyList<TypeVariant> modes = Assert.IsType<TypeDefinition.Variant>(registry.Types[mode].Definition).Variants;
        Assert.Equal([("Off", 0), ("Slow", 5), ("Fast", 255)], modes.Select(item => (item.Name, (int)item.Index)));
        Assert.Equal(["Five."], modes[1].Docs);
        Assert.Equal(["phala", "fuzz", "targets", "codec", "samples", "Mode"], registry.Types[mode].Path);
    }

    [Fact]
    public void GenericTypesNameTheirArgumentsAndDifferByThem()
    {
        TypeRegistryBuilder builder = new();
        int one = builder.Add<Pair<Hash256, AccountId>>();
        int two = builder.Add<Pair<AccountId, Hash256>>();
        TypeRegistry registry = builder.Build();
        Assert.NotEqual(one, two);
        Assert.Equal(["TFirst", "TSecond"], registry.Types[one].Parameters.Select(parameter => parameter.Name));
        Assert.Equal(registry.Types[one].Parameters[0].Type, registry.Types[two].Parameters[1].Type);
        TypeField first = Assert.IsType<TypeDefinition.Composite>(registry.Types[one].Definition).Fields[0];
        Assert.Equal(("first", "TFirst", registry.Types[one].Parameters[0].Type), (first.Name, first.TypeName, first.Type));
    }

    [Fact]
    public void ATypeMayContainItself()
    {
        TypeRegistryBuilder builder = new();
        int tree = builder.Add<Tree>();
        TypeRegistry registry = builder.Build();
        IReadOnlyList<TypeVariant> variants = Assert.IsType<TypeDefinition.Variant>(registry.Types[tree].Definition).Variants;
        Assert.Equal(tree, variants[2].Fields[0].Type);
        Assert.Equal(new TypeDefinition.Sequence(tree), registry.Types[variants[1].Fields[0].Type].Definition);
    }

    [Fact]
    public void EqualStructureIsOneTypeWhateverItsFormInCSharp()
    {
        TypeRegistryBuilder builder = new();
        int sequence = builder.Add<VecCodec<U8Codec, byte>, Vec<byte>>();
        Assert.Equal(sequence, builder.Add<ArrayCodec<U8Codec, byte>, byte[]>());
        int option = builder.Add<NullableCodec<U8Codec, byte>, byte?>();
        Assert.Equal(option, builder.Add<OptionCodec<U8Codec, byte>, Option<byte>>());
        Assert.NotEqual(option, builder.Add<OptionCodec<U16Codec, ushort>, Option<ushort>>());
        Assert.Equal(builder.Add<Header>(), builder.Add<Header>());
    }

    [Fact]
    public void EveryDefinitionHasItsPublishedByte()
    {
        Primitive[] kinds = Enum.GetValues<Primitive>();
        Assert.Equal(Enumerable.Range(0, 15), kinds.Select(kind => (int)kind));
        (TypeDefinition Definition, byte[] Bytes)[] expected =
        [
            (new TypeDefinition.Composite([new TypeField("a", 1, "A", ["d"])]), [0, 4, 1, 4, 97, 4, 1, 4, 65, 4, 4, 100]),
            (new TypeDefinition.Variant([new TypeVariant("B", [TypeField.Unnamed(64)], 7, ["v"])]), [1, 4, 4, 66, 4, 0, 1, 1, 0, 0, 7, 4, 4, 118]),
            (new TypeDefinition.Sequence(2), [2, 8]),
            (new TypeDefinition.Array(0x01020304, 2), [3, 4, 3, 2, 1, 8]),
            (new TypeDefinition.Tuple([1, 2]), [4, 8, 4, 8]),
            (new TypeDefinition.Simple(Primitive.U128), [5, 7]),
            (new TypeDefinition.Compact(3), [6, 12]),
            (new TypeDefinition.BitSequence(1, 2), [7, 4, 8]),
        ];
        foreach ((TypeDefinition definition, byte[] bytes) in expected)
        {
            TypeRegistry registry = new([new TypeDescription(["p"], [new TypeParameter("T", null), new TypeParameter("U", 5)], definition, ["x", "y"])]);
            byte[] parameters = [8, 4, 84, 0, 4, 85, 1, 20];
            byte[] whole = [4, 0, 4, 4, 112, .. parameters, .. bytes, 8, 4, 120, 4, 121];
            Assert.Equal(whole, registry.Encode());
        }
    }

    [Fact]
    public void PublishedClientsReadTheRegistry()
    {
        TypeRegistryBuilder builder = new();
        builder.Add<Everything>();
        builder.Add<Collections>();
        builder.Add<Tree>();
        builder.Add<Bits>();
        builder.Add<Texts>();
        builder.Add<AccountId>();
        TypeRegistry registry = builder.Build();
        byte[] bytes = registry.Encode();
        using JsonDocument answer = JsonDocument.Parse(NodeJs.Run("type-registry.mjs", Hex.Format(bytes)));
        Assert.Equal(Convert.ToHexStringLower(bytes), answer.RootElement.GetProperty("papiHex").GetString());
        Assert.Equal(Convert.ToHexStringLower(bytes), answer.RootElement.GetProperty("polkadotHex").GetString());
        Assert.Equal(registry.Types.Count, answer.RootElement.GetProperty("polkadotCount").GetInt32());
        JsonElement[] types = [.. answer.RootElement.GetProperty("papi").EnumerateArray()];
        Assert.Equal(registry.Types.Count, types.Length);
        for (int id = 0; id < types.Length; id++) AssertSame(id, registry.Types[id], types[id]);
        Assert.True(types.Length > 40, $"only {types.Length} types");
    }

    private static void AssertSame(int id, TypeDescription expected, JsonElement actual)
    {
        Assert.Equal(id, actual.GetProperty("id").GetInt32());
        Assert.Equal(expected.Path, Texts(actual.GetProperty("path")));
        Assert.Equal(expected.Docs, Texts(actual.GetProperty("docs")));
        Assert.Equal(expected.Parameters.Select(parameter => parameter.Name), actual.GetProperty("params").EnumerateArray().Select(item => item.GetProperty("name").GetString()));
        JsonElement definition = actual.GetProperty("def");
        string tag = expected.Definition.GetType().Name;
        Assert.Equal(tag == "Simple" ? "primitive" : char.ToLowerInvariant(tag[0]) + tag[1..], definition.GetProperty("tag").GetString());
        if (expected.Definition is TypeDefinition.Composite composite) AssertSameFields(composite.Fields, definition.GetProperty("value"));
        if (expected.Definition is TypeDefinition.Variant variant) AssertSameVariants(variant.Variants, definition.GetProperty("value"));
        if (expected.Definition is TypeDefinition.Simple simple)
        {
            Assert.Equal(simple.Kind.ToString().ToLowerInvariant(), definition.GetProperty("value").GetProperty("tag").GetString());
        }
    }

    private static void AssertSameVariants(IReadOnlyList<TypeVariant> expected, JsonElement actual)
    {
        JsonElement[] variants = [.. actual.EnumerateArray()];
        Assert.Equal(expected.Select(variant => variant.Name), variants.Select(variant => variant.GetProperty("name").GetString()));
        Assert.Equal(expected.Select(variant => (int)variant.Index), variants.Select(variant => variant.GetProperty("index").GetInt32()));
        for (int at = 0; at < variants.Length; at++)
        {
            AssertSameFields(expected[at].Fields, variants[at].GetProperty("fields"));
            Assert.Equal(expected[at].Docs, Texts(variants[at].GetProperty("docs")));
        }
    }

    private static void AssertSameFields(IReadOnlyList<TypeField> expected, JsonElement actual)
    {
        JsonElement[] fields = [.. actual.EnumerateArray()];
        Assert.Equal(expected.Select(field => field.Name), fields.Select(field => field.GetProperty("name").GetString()));
        Assert.Equal(expected.Select(field => field.Type), fields.Select(field => field.GetProperty("type").GetInt32()));
        Assert.Equal(expected.Select(field => field.TypeName), fields.Select(field => field.GetProperty("typeName").GetString()));
    }

    private static IEnumerable<string> Texts(JsonElement array) => array.EnumerateArray().Select(item => item.GetString()!);

    private static int IdOf(TypeRegistry registry, Primitive kind) =>
        registry.Types.ToList().FindIndex(type => type.Definition is TypeDefinition.Simple simple && simple.Kind == kind);
}
