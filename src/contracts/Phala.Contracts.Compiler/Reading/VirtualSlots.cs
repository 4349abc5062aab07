using System.Reflection.Metadata;

namespace Phala.Contracts.Compiler.Reading;

/// <summary>
/// What virtual calls of classes' methods mean. A method that is new begins a slot, one that is not takes the place of what the nearest declaration of its form stands for:
/// a new method of that form hides the older slot, and what overrides it leaves the older one as it is.
/// </summary>
internal sealed class VirtualSlots(TypeUniverse types, TokenResolver tokens, Hierarchy hierarchy)
{
    private const int MostSlots = 2_048;

    private readonly Dictionary<ClrType, List<Slot>> _slots = [];

    /// <summary>The method that objects of exactly this type have in the place of another, in its own terms; null if that is none of theirs.</summary>
    public (MethodDef Definition, ClrType Owner)? Find(ClrType type, ClrMethod declared)
    {
        (MethodDef, ClrType) wanted = (declared.Definition, declared.Owner);
        foreach (Slot slot in Of(type))
        {
            if (slot.Members.Contains(wanted)) return slot.Members[^1];
        }

        return null;
    }

    private List<Slot> Of(ClrType type)
    {
        if (_slots.TryGetValue(type, out List<Slot>? known)) return known;
        List<Slot> slots = [];
        foreach (ClrType each in hierarchy.SelfAndBases(type).Reverse())
        {
            if (_slots.TryGetValue(each, out List<Slot>? inherited)) slots = inherited;
            else _slots[each] = slots = With(slots, each);
        }

        return slots;
    }

    private List<Slot> With(List<Slot> inherited, ClrType type)
    {
        List<Slot> slots = [.. inherited];
        foreach (MethodDef method in type.Definition?.Methods ?? [])
        {
            if (method is { IsVirtual: true, IsStatic: false }) Place(slots, type, method);
            if (slots.Count > MostSlots) throw new CompilationException(DiagnosticIds.TooLarge, $"{type} has too many virtual methods");
        }

        return slots;
    }

    private void Place(List<Slot> slots, ClrType type, MethodDef method)
    {
        (MethodDef, ClrType) member = (method, type);
        bool found = false;
        foreach ((MethodDef Definition, ClrType Owner) named in Named(slots, type, method))
        {
            int slot = slots.FindIndex(each => each.Members.Contains(named));
            if (slot < 0) continue;
            slots[slot] = new Slot([.. slots[slot].Members, member]);
            found = true;
        }

        if (!method.IsNewSlot && !found && Nearest(slots, type, method) is { } nearest)
        {
            slots[nearest] = new Slot([.. slots[nearest].Members, member]);
            found = true;
        }

        if (!found) slots.Add(new Slot([member]));
    }

    // The latest declaration of the form counts, so slots are looked through from the last begun.
    private int? Nearest(List<Slot> slots, ClrType type, MethodDef method)
    {
        MethodShape wanted = Shape(method, type);
        for (int slot = slots.Count - 1; slot >= 0; slot--)
        {
            foreach ((MethodDef definition, ClrType owner) in slots[slot].Members)
            {
                if (definition.Name == method.Name && Shape(definition, owner).Matches(wanted)) return slot;
            }
        }

        return null;
    }

    // What a type says by name that a method of its own takes the place of.
    private List<(MethodDef, ClrType)> Named(List<Slot> slots, ClrType type, MethodDef method)
    {
        List<(MethodDef, ClrType)> named = [];
        foreach ((string name, MethodImplementation row) in hierarchy.OverridesOf(type.Definition!))
        {
            if (row.MethodBody.Kind != HandleKind.MethodDefinition || (MethodDefinitionHandle)row.MethodBody != method.Handle || !slots.Any(slot => slot.Members.Any(member => member.Definition.Name == name))) continue;
            ClrType[] open = [.. Enumerable.Range(0, method.Arity).Select(types.MethodParameter)];
            ClrMethod declaration = tokens.Method(type.Definition!.Image, row.MethodDeclaration, open, new GenericContext(type.Arguments, []));
            named.Add((declaration.Definition, declaration.Owner));
        }

        return named;
    }

    private MethodShape Shape(MethodDef method, ClrType owner) => types.Substitute(types.ShapeOf(method), new GenericContext(owner.Arguments, null));

    /// <summary>Methods of which each takes the place of those before it.</summary>
    private sealed record Slot((MethodDef Definition, ClrType Owner)[] Members);
}
