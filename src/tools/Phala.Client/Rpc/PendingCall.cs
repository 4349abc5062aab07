using System.Text.Json;

namespace Phala.Client.Rpc;

/// <summary>A request that waits for its answer.</summary>
internal sealed class PendingCall(long deadline, RpcSubscription? subscription)
{
    private readonly TaskCompletionSource<ClientResult<JsonElement>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When it is given up, as a timestamp of the clock.</summary>
    public long Deadline => deadline;

    /// <summary>The subscription that the answer begins, where it does.</summary>
    public RpcSubscription? Subscription => subscription;

    public Task<ClientResult<JsonElement>> Answer => _answer.Task;

    public void Complete(ClientResult<JsonElement> answer) => _answer.TrySetResult(answer);
}
