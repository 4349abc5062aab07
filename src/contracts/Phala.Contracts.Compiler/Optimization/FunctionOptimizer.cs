using Phala.Contracts.Compiler.Code;

namespace Phala.Contracts.Compiler.Optimization;

/// <summary>What every function goes through between import and encoding.</summary>
internal static class FunctionOptimizer
{
    private const int Rounds = 2;

    /// <summary>Simplifies a body in place and gives its locals their indices.</summary>
    public static void Run(FunctionBody body)
    {
        BlockCleaner.Run(body);
        for (int round = 0; round < Rounds; round++)
        {
            Propagation.Run(body);
            BlockCleaner.Run(body);
            Usage.Compact(body);
            DeadStores.Run(body);
            Forwarding.Run(body);
        }

        LocalAssignment.Run(body);
    }
}
