using Phala.Codec;
using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Rpc;

/// <summary>The methods by name.</summary>
internal sealed class PrpcTable
{
    private readonly SortedDictionary<string, PrpcMethod> _methods = new(StringComparer.Ordinal);

    /// <summary>The methods.</summary>
    public IReadOnlyCollection<PrpcMethod> Methods => _methods.Values;

    /// <summary>Adds a method that answers at once.</summary>
    public PrpcTable Add<TRequest, TReply>(string name, bool isPublic, int maxBody, Func<TRequest, Result<TReply, PrpcRefusal>> handler)
        where TRequest : class, IProtoMessage<TRequest>, new()
        where TReply : class, IProtoMessage<TReply>, new() =>
        AddAsync<TRequest, TReply>(name, isPublic, maxBody, (request, _) => ValueTask.FromResult(handler(request)));

    /// <summary>Adds a method that takes time.</summary>
    public PrpcTable AddAsync<TRequest, TReply>(string name, bool isPublic, int maxBody, Func<TRequest, CancellationToken, ValueTask<Result<TReply, PrpcRefusal>>> handler)
        where TRequest : class, IProtoMessage<TRequest>, new()
        where TReply : class, IProtoMessage<TReply>, new()
    {
        _methods.Add(name, new PrpcMethod<TRequest, TReply>(name, isPublic, maxBody, handler));
        return this;
    }

    /// <summary>The method of a name; null where there is none.</summary>
    public PrpcMethod? Find(string name) => _methods.GetValueOrDefault(name);
}
