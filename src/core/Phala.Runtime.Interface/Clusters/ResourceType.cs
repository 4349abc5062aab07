using Phala.Codec;

namespace Phala.Runtime.Interface.Clusters;

/// <summary>What is uploaded to a cluster.</summary>
[Scale("phala_types::messaging::ResourceType")]
public enum ResourceType : byte
{
    /// <summary>The WebAssembly code of a contract.</summary>
    InkCode = 0,

    /// <summary>The code of a program beside a contract.</summary>
    SidevmCode = 1,

    /// <summary>The WebAssembly code of a contract that may compute differently from worker to worker, and so only answers queries.</summary>
    IndeterministicInkCode = 2,
}
