namespace Phala.Node.Rpc.Methods;

/// <summary>All methods of the node, and what tells their subscribers.</summary>
/// <example>
/// <code>
/// NodeMethods methods = new(context);
/// methods.Register(registry);
/// Task telling = methods.RunAsync(stopping);
/// </code>
/// </example>
public sealed class NodeMethods
{
    private readonly NodeContext _context;
    private readonly ChainView _chain;
    private readonly ChainBroadcast _broadcast;

    /// <summary>Reads where the chain stands.</summary>
    public NodeMethods(NodeContext context)
    {
        _context = context;
        _chain = new ChainView(context.Store, context.Apis, context.GenesisState);
        _broadcast = new ChainBroadcast(_chain, context.Feed);
    }

    /// <summary>Registers the methods.</summary>
    public void Register(RpcRegistry registry)
    {
        new ChainMethods(_chain, _broadcast).Register(registry);
        new StateMethods(_chain, _broadcast).Register(registry);
        new ChildStateMethods(_chain).Register(registry);
        new SystemMethods(_context, _chain).Register(registry);
        new AuthorMethods(_context.Pool).Register(registry);
        new KeyMethods(_context).Register(registry);
        new PaymentMethods(_chain).Register(registry);
        new ChainHeadMethods(_chain, _broadcast).Register(registry);
        new ChainSpecMethods(_context).Register(registry);
        new TransactionMethods(_context).Register(registry);
        new TransactionWatchMethods(_context.Pool).Register(registry);
        new ArchiveMethods(_chain).Register(registry);
        new GrandpaMethods(_chain, _broadcast).Register(registry);
        new QueueMethods(_context.Store, _context.Pool).Register(registry);
        new FinalityMethods(_context.Store).Register(registry);
    }

    /// <summary>Tells subscribers what happens to the chain, until it is ended. It listens from this call on, so call it before blocks are made.</summary>
    public Task RunAsync(CancellationToken ended) => _broadcast.RunAsync(ended);
}
