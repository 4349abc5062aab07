namespace Phala.Codec.Generator;

/// <summary>Names of Phala.Codec that the generator looks for or writes.</summary>
internal static class KnownNames
{
    internal const string Namespace = "Phala.Codec";
    internal const string ScaleAttribute = "Phala.Codec.ScaleAttribute";
    internal const string ScaleParameterAttribute = "Phala.Codec.ScaleParameterAttribute";
    internal const string ScaleNameAttribute = "Phala.Codec.ScaleNameAttribute";
    internal const string VariantAttribute = "Phala.Codec.VariantAttribute";
    internal const string CompactAttribute = "Phala.Codec.CompactAttribute";
    internal const string LengthAttribute = "Phala.Codec.LengthAttribute";
    internal const string DocumentedAttribute = "Phala.Codec.DocumentedAttribute";
    internal const string FixedBytesAttribute = "Phala.Codec.FixedBytesAttribute";

    /// <summary>Where generated code finds the library.</summary>
    internal const string Root = "global::Phala.Codec";

    /// <summary>Where generated code finds the codecs of the library.</summary>
    internal const string Codecs = "global::Phala.Codec.Codecs";

    /// <summary>Where generated code finds the type descriptions.</summary>
    internal const string TypeInfo = "global::Phala.Codec.TypeInfo";
}
