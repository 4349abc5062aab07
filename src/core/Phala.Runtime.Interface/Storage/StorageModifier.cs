namespace Phala.Runtime.Interface.Storage;

/// <summary>What a missing entry means. The values are those of metadata.</summary>
public enum StorageModifier : byte
{
    /// <summary>There is no value.</summary>
    Optional = 0,

    /// <summary>The value is the default one.</summary>
    Default = 1,
}
