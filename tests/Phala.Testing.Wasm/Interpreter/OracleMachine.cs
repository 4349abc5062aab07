using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>
/// The abstract machine of the specification's chapter 4: a stack of values, and for each running function a frame with its labels. It takes one
/// instruction after another; <see cref="Instructions"/> tells what those without control flow do.
/// </summary>
internal sealed class OracleMachine(OracleStore store)
{
    private readonly Stack<OracleFrame> _frames = new();

    public OracleStore Store { get; } = store;

    /// <summary>The operands of all running functions.</summary>
    public List<OracleValue> Values { get; } = [];

    /// <summary>Calls a function from outside.</summary>
    public static OracleOutcome Call(OracleStore store, OracleFunction function, IReadOnlyList<OracleValue> arguments) => Guard(store, () =>
    {
        OracleMachine machine = new(store);
        machine.Values.AddRange(arguments);
        machine.Invoke(function);
        while (machine._frames.Count > 0) machine.Step();
        return machine.Values;
    });

    /// <summary>Runs something that may trap. Afterwards the stack is whole again.</summary>
    public static OracleOutcome Guard(OracleStore store, Func<IReadOnlyList<OracleValue>> run)
    {
        long stack = store.StackLeft;
        try
        {
            return new OracleOutcome(OracleTrap.None, run());
        }
        catch (OracleTrapException stop)
        {
            return new OracleOutcome(stop.Trap, []);
        }
        finally
        {
            store.StackLeft = stack;
        }
    }

    public OracleValue Pop()
    {
        OracleValue top = Values[^1];
        Values.RemoveAt(Values.Count - 1);
        return top;
    }

    public void Push(OracleValue value) => Values.Add(value);

    /// <summary>One instruction (and the fuel of the segment that begins with it, if one does).</summary>
    private void Step()
    {
        OracleFrame frame = _frames.Peek();
        int at = frame.Next++;
        Store.Charge(frame.Code.Costs[at]);
        Instruction instruction = frame.Code.Instructions[at];
        Store.MarkExecuted(instruction.Opcode);
        switch (instruction.Opcode)
        {
            case Opcode.Block or Opcode.Loop or Opcode.If:
                Enter(frame, instruction, at);
                break;
            case Opcode.Else:
                frame.Next = frame.Code.Ends[at];
                break;
            case Opcode.End:
                Leave(frame);
                break;
            case Opcode.Br:
                Branch(frame, instruction.Index);
                break;
            case Opcode.BrIf:
                if (Pop().Low != 0) Branch(frame, instruction.Index);
                break;
            case Opcode.BrTable:
                uint[] labels = frame.Code.BranchTables[at];
                uint choice = Pop().Low;
                Branch(frame, choice < labels.Length ? labels[choice] : instruction.Index);
                break;
            case Opcode.Return:
                Return(frame);
                break;
            case Opcode.Call:
                Invoke(frame.Instance.Functions[(int)instruction.Index]);
                break;
            case Opcode.CallIndirect:
                Invoke(Find(frame.Instance, instruction));
                break;
            default:
                Instructions.Execute(this, frame, instruction);
                break;
        }
    }

    /// <summary>Opens a block: a branch to its label goes behind its end, or back to the first instruction of the loop.</summary>
    private void Enter(OracleFrame frame, Instruction instruction, int at)
    {
        bool taken = instruction.Opcode != Opcode.If || Pop().Low != 0;
        FunctionType type = frame.Instance.Spaces.BlockType(instruction.Bits);
        int end = frame.Code.Ends[at];
        int height = Values.Count - type.Parameters.Length;
        frame.Labels.Add(instruction.Opcode == Opcode.Loop
            ? new OracleLabel(at + 1, type.Parameters.Length, height, IsLoop: true)
            : new OracleLabel(end + 1, type.Results.Length, height, IsLoop: false));
        if (!taken) frame.Next = frame.Code.Elses.TryGetValue(at, out int half) ? half + 1 : end;
    }

    private void Leave(OracleFrame frame)
    {
        if (frame.Labels.Count > 1) frame.Labels.RemoveAt(frame.Labels.Count - 1);
        else Return(frame);
    }

    private void Branch(OracleFrame frame, uint depth)
    {
        int index = frame.Labels.Count - 1 - (int)depth;
        if (index == 0)
        {
            Return(frame);
            return;
        }

        OracleLabel label = frame.Labels[index];
        CutTo(label.Height, label.Arity);
        int closed = label.IsLoop ? index + 1 : index;
        frame.Labels.RemoveRange(closed, frame.Labels.Count - closed);
        frame.Next = label.Continuation;
    }

    private void Return(OracleFrame frame)
    {
        CutTo(frame.Height, frame.Function.Type.Results.Length);
        Store.StackLeft += frame.Code.FrameBytes;
        _frames.Pop();
    }

    /// <summary>Keeps the topmost values and removes those between them and a height.</summary>
    private void CutTo(int height, int kept) => Values.RemoveRange(height, Values.Count - kept - height);

    private void Invoke(OracleFunction function)
    {
        int height = Values.Count - function.Type.Parameters.Length;
        OracleValue[] arguments = [.. Values.Skip(height)];
        Values.RemoveRange(height, arguments.Length);
        if (function.Host is { } host)
        {
            TakeStack(FrameCharge.HostCall);
            Values.AddRange(host(arguments) ?? throw new OracleTrapException(OracleTrap.HostFailed));
            Store.StackLeft += FrameCharge.HostCall;
            return;
        }

        OracleCode code = function.Code!;
        TakeStack(code.FrameBytes);
        OracleValue[] locals = [.. arguments, .. code.Locals.Skip(arguments.Length).Select(OracleValue.Default)];
        OracleFrame frame = new(function, locals, height);
        frame.Labels.Add(new OracleLabel(code.Instructions.Length, function.Type.Results.Length, height, IsLoop: false));
        _frames.Push(frame);
    }

    private void TakeStack(long bytes)
    {
        if (bytes > Store.StackLeft) throw new OracleTrapException(OracleTrap.StackExhausted);
        Store.StackLeft -= bytes;
    }

    private OracleFunction Find(OracleInstance instance, Instruction instruction)
    {
        OracleTable table = instance.Tables[(int)instruction.Second];
        uint index = Pop().Low;
        if (index >= table.Size) throw new OracleTrapException(OracleTrap.UndefinedElement);
        if (table.Items[index].Reference is not OracleFunction function) throw new OracleTrapException(OracleTrap.UninitializedElement);
        FunctionType asked = instance.Spaces.Types[instruction.Index];
        return asked.Equals(function.Type) ? function : throw new OracleTrapException(OracleTrap.IndirectCallTypeMismatch);
    }
}
