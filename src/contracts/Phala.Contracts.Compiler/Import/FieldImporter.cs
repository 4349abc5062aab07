using System.Reflection.Metadata;
using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Import;

/// <summary>Fields.</summary>
internal sealed class FieldImporter(FunctionImporter function) : InstructionImporter(function)
{
    public override bool TryImport(Instruction instruction)
    {
        switch (instruction.Code)
        {
            case ILOpCode.Ldfld: Load(FieldAt(instruction)); return true;
            case ILOpCode.Ldflda: LoadAddress(FieldAt(instruction)); return true;
            case ILOpCode.Stfld: Store(FieldAt(instruction)); return true;
            case ILOpCode.Ldsfld: LoadStatic(FieldAt(instruction)); return true;
            case ILOpCode.Ldsflda: LoadStaticAddress(FieldAt(instruction)); return true;
            case ILOpCode.Stsfld: StoreStatic(FieldAt(instruction)); return true;
            default: return false;
        }
    }

    private ClrField FieldAt(Instruction instruction)
    {
        ClrField field = Program.Tokens.Field(Function.Frame.Image, (int)instruction.Operand, Function.Frame.Context);
        bool wantsStatic = instruction.Code is ILOpCode.Ldsfld or ILOpCode.Ldsflda or ILOpCode.Stsfld;
        if (field.Definition.IsStatic != wantsStatic) throw CompilationException.Invalid($"{field.Definition} is not {(wantsStatic ? "static" : "of an object")}");
        _ = FunctionImporter.Known(field.Type);
        return field;
    }

    private void Load(ClrField field)
    {
        Value owner = Pop();
        if (PartOf(owner, field) is { } part)
        {
            Push(Slice(Function.Read(part.Variable), field.Type, part.FirstLeaf));
            return;
        }

        if (owner.Type.Kind == TypeKind.Struct && owner.IsPlain && owner.Type == field.Owner)
        {
            Push(Slice(owner, field.Type, Program.Layouts.Of(field.Owner).FirstLeaves[field.Definition.Index]));
            return;
        }

        Push(Code.Load(field.Type, OwnerAddress(owner, field), Program.Layouts.OffsetOf(field)));
    }

    private void LoadAddress(ClrField field)
    {
        Value owner = Pop();
        ClrType type = Types.ReferenceTo(field.Type);
        if (PartOf(owner, field) is { } part)
        {
            Push(new Value(type, []) { Place = part });
            return;
        }

        Push(type, Fold.Binary(Op.I32Add, OwnerAddress(owner, field), Fold.I32(Program.Layouts.OffsetOf(field))));
    }

    private void Store(ClrField field)
    {
        Value value = Pop(), owner = Pop();
        if (value.Place is not null) value = new Value(value.Type, [Function.AddressOf(value)]);
        if (PartOf(owner, field) is { } part)
        {
            Leaf[] leaves = Program.Layouts.OfVariable(field.Type).Leaves;
            CodeBuilder.Check(value, leaves);
            Function.Set(part.Variable.Leaves.AsSpan(part.FirstLeaf, leaves.Length), value);
            return;
        }

        if ((value.Leaves.Any(static leaf => (leaf.Effects & Effects.Calls) != 0) || value.Leaves.Length > 1) && owner.Leaves is [{ IsSimple: false }])
        {
            owner = owner with { Leaves = [Code.Spill(owner.Leaves[0])] };
        }

        // A call on the right must not come behind the check of the left, which may end the call differently.
        if (value.Leaves.Any(static leaf => (leaf.Effects & Effects.Calls) != 0) && !(owner.Leaves is [var address] && (Code.IsNonNull(address) || field.Owner.Kind == TypeKind.Struct)))
        {
            value = value with { Leaves = [.. value.Leaves.Select(Code.Spill)] };
        }

        Code.Store(field.Type, OwnerAddress(owner, field), Program.Layouts.OffsetOf(field), value);
    }

    // A field of a variable in locals is some of its locals.
    private Place? PartOf(Value owner, ClrField field)
    {
        if (owner.Place is not { } place) return null;
        if (place.Type == field.Owner && place.Type.Kind == TypeKind.Struct)
        {
            return new Place(place.Variable, field.Type, place.FirstLeaf + Program.Layouts.Of(field.Owner).FirstLeaves[field.Definition.Index]);
        }

        // An object in a variable: the field is in its memory.
        return null;
    }

    private Value Slice(Value whole, ClrType type, int first)
    {
        int count = Program.Layouts.OfVariable(type).Leaves.Length;
        return new Value(type, [.. whole.Leaves.Skip(first).Take(count)]);
    }

    private Expression OwnerAddress(Value owner, ClrField field)
    {
        if (field.Owner.Kind == TypeKind.Struct) return owner.Type.Kind == TypeKind.Struct ? throw CompilationException.Invalid("a struct is where its address is expected") : Function.AddressOf(owner);
        if (owner.Place is not null) throw CompilationException.Invalid("an address is where an object is expected");
        return Function.NonNull(owner);
    }

    private void LoadStatic(ClrField field) => Push(Code.Load(field.Type, Program.Statics.AddressOf(field), 0));

    private void LoadStaticAddress(ClrField field)
    {
        // Who has the address of a field that is not read-only can write it.
        if (!field.Definition.IsReadOnly && field.Definition.Row.GetRelativeVirtualAddress() == 0) RequireInitializing(field);
        Push(Types.ReferenceTo(field.Type), Program.Statics.AddressOf(field));
    }

    private void RequireInitializing(ClrField field)
    {
        bool initializes = Function.Frame.Method.Definition is { Name: ".cctor" } initializer && initializer.Owner == field.Definition.Owner;
        if (!initializes && !field.Definition.Owner.IsGenerated && field.Definition.Owner.Image != Types.Definitions.CoreImage)
        {
            throw new CompilationException(
                DiagnosticIds.MutableStatic,
                $"static fields are not kept between calls, so they cannot be written ({field.Definition.Owner.Name}.{field.Definition.Name}): keep state in the contract's storage, and make what is never written readonly");
        }
    }

    private void StoreStatic(ClrField field)
    {
        RequireInitializing(field);
        Value value = Pop();
        if (value.Place is not null) value = new Value(value.Type, [Function.AddressOf(value)]);
        Code.Store(field.Type, Program.Statics.AddressOf(field), 0, value);
    }
}
