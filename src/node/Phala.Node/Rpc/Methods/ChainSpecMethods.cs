namespace Phala.Node.Rpc.Methods;

/// <summary><c>chainSpec_v1_*</c>: the chain as its specification describes it.</summary>
internal sealed class ChainSpecMethods(NodeContext context)
{
    /// <summary>Registers them.</summary>
    public void Register(RpcRegistry registry)
    {
        registry.Method("chainSpec_v1_chainName", RpcAccess.Safe, (_, result) =>
        {
            result.WriteStringValue(context.Chain.Name);
            return null;
        });
        registry.Method("chainSpec_v1_genesisHash", RpcAccess.Safe, (_, result) =>
        {
            result.WriteHash(context.Store.GenesisHash);
            return null;
        });
        registry.Method("chainSpec_v1_properties", RpcAccess.Safe, (_, result) =>
        {
            result.WriteRawValue(context.Chain.Properties.Span);
            return null;
        });
    }
}
