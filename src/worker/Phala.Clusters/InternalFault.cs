using Phala.Runtime.Interface.Queue;

namespace Phala.Clusters;

/// <summary>A fault of the program itself, or that it is too old for the cluster's rules, met while an entry was executed. The entry is not executed, never skipped, and gives no receipt: members without the fault go on.</summary>
/// <param name="Position">The position after the entry.</param>
/// <param name="Index">The message's place in the entry.</param>
/// <param name="Description">The exception's type and place in the program, or which rules the program lacks. No message text: that might repeat what a contract was told.</param>
public sealed record InternalFault(QueueHead Position, uint Index, string Description);
