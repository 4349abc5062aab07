using System.Runtime.CompilerServices;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Codec.TypeInfo;

namespace Phala.Runtime.Interface.Versions;

/// <summary>The runtime APIs and their versions. Encoded as any sequence, but Rust borrows it, and metadata says so: <c>Cow</c>.</summary>
/// <param name="Items">The versions in order.</param>
[CollectionBuilder(typeof(ApiVersions), nameof(Create))]
public readonly record struct ApiVersions(Vec<ApiVersion> Items) : IScale<ApiVersions>
{
    /// <inheritdoc/>
    public static int MinimumLength => VecCodec<ApiVersion, ApiVersion>.MinimumLength;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <summary>Takes versions in order.</summary>
    public static ApiVersions Create(ReadOnlySpan<ApiVersion> items) => new(Vec.Create(items));

    /// <summary>Enumerates without allocating.</summary>
    public ReadOnlySpan<ApiVersion>.Enumerator GetEnumerator() => Items.GetEnumerator();

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, out ApiVersions value)
    {
        bool read = VecCodec<ApiVersion, ApiVersion>.TryDecode(ref reader, out Vec<ApiVersion> items);
        value = new ApiVersions(items);
        return read;
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in ApiVersions value) => VecCodec<ApiVersion, ApiVersion>.Encode(ref writer, value.Items);

    /// <inheritdoc/>
    public static int EncodedLength(in ApiVersions value) => VecCodec<ApiVersion, ApiVersion>.EncodedLength(value.Items);

    /// <inheritdoc/>
    public static int Compare(in ApiVersions left, in ApiVersions right) => VecCodec<ApiVersion, ApiVersion>.Compare(left.Items, right.Items);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Named(typeof(ApiVersions), static registry =>
    {
        int items = VecCodec<ApiVersion, ApiVersion>.Describe(registry);
        return new TypeDescription(["Cow"], [new TypeParameter("T", items)], new TypeDefinition.Composite([TypeField.Unnamed(items)]), []);
    });
}
