using Phala.Codec;
using Phala.Runtime.Interface.Messages;

namespace Phala.Worker.Outbox;

/// <summary>Messages of the worker itself and of the gatekeeper that wait for the chain: numbered, signed, and sent until a final state says that they arrived.</summary>
/// <remarks>
/// <b>Invariant.</b> A sequence is given to one message. What was given away is written first: after a restart the same message has the same number. Where the chain knows of more messages than the box, as after the
/// loss of files, the box goes on behind them.
/// </remarks>
internal sealed class MessageBox
{
    private readonly Dictionary<MessageOrigin, SenderBox> _boxes = [];

    /// <summary>Senders with messages that wait.</summary>
    public IEnumerable<SenderBox> Pending => _boxes.Values.Where(box => box.Messages.Length > 0);

    /// <summary>Senders, whether messages wait or not.</summary>
    public IEnumerable<MessageOrigin> Senders => _boxes.Keys;

    /// <summary>Adds a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="sign">The sender's signature over bytes.</param>
    /// <returns>The message with its number.</returns>
    public SignedMessage Add(Message message, Func<byte[], byte[]> sign)
    {
        SenderBox box = BoxOf(message.Sender);
        SignedMessage signed = new(message, box.Next, Vec.Create<byte>(sign(SignedMessage.SigningBytes(message, box.Next))));
        Put(signed);
        return signed;
    }

    /// <summary>Puts a message back that was added before.</summary>
    public void Put(SignedMessage message)
    {
        SenderBox box = BoxOf(message.Message.Sender);
        if (message.Sequence < box.Next) return;
        _boxes[message.Message.Sender] = box with { Next = message.Sequence + 1, Messages = [.. box.Messages, message] };
    }

    /// <summary>Forgets messages that the chain has.</summary>
    /// <param name="sender">The sender.</param>
    /// <param name="next">The sequence that the chain expects next.</param>
    /// <returns>What is new of it: nothing where the box knew it.</returns>
    public Acknowledgement Acknowledge(MessageOrigin sender, ulong next)
    {
        SenderBox box = BoxOf(sender);
        bool isBehind = next > box.Next;
        if (!isBehind && box.Messages.All(message => message.Sequence >= next)) return Acknowledgement.Known;
        _boxes[sender] = new SenderBox(sender, Math.Max(box.Next, next), [.. box.Messages.Where(message => message.Sequence >= next)]);
        return isBehind ? Acknowledgement.Jumped : Acknowledgement.Arrived;
    }

    /// <summary>What is kept.</summary>
    public Vec<SenderBox> Save() => [.. _boxes.Values];

    /// <summary>Goes on where <see cref="Save"/> was called.</summary>
    public void Restore(Vec<SenderBox> boxes)
    {
        foreach (SenderBox box in boxes) _boxes[box.Sender] = box;
    }

    private SenderBox BoxOf(MessageOrigin sender) => _boxes.GetValueOrDefault(sender) ?? new SenderBox(sender, 0, default);
}
