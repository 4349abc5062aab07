using Phala.Codec;

namespace Phala.Runtime.Interface;

/// <summary>One value for each class of calls.</summary>
/// <param name="Normal">For users' calls.</param>
/// <param name="Operational">For calls that keep the chain working.</param>
/// <param name="Mandatory">For calls that every block must hold.</param>
/// <typeparam name="T">The value.</typeparam>
[Scale("frame_support::dispatch::PerDispatchClass")]
public readonly partial record struct PerDispatchClass<T>(T Normal, T Operational, T Mandatory)
    where T : IScale<T>;
