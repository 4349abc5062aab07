using Phala.Runtime.Interface.Dispatch;

namespace Phala.Tests.Runtime.Model;

/// <summary>How a call ended.</summary>
/// <param name="Error">Why it failed; null where it did not.</param>
/// <param name="Cost">What it cost after all; null for what was announced.</param>
/// <param name="IsFree">Whether it turned out to cost no fee.</param>
internal readonly record struct ModelResult(DispatchError? Error, ModelCost? Cost = null, bool IsFree = false)
{
    public static ModelResult Ok => default;

    public static implicit operator ModelResult(DispatchError error) => new(error);
}
