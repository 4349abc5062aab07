using System.Reflection;
using System.Reflection.Metadata;

namespace Phala.Contracts.Compiler.Reading;

/// <summary>Base types, interfaces, and which method a virtual call means.</summary>
internal sealed class Hierarchy(TypeUniverse types, TokenResolver tokens)
{
    private const int DeepestInheritance = 64, MostInterfaces = 512;

    private readonly Dictionary<(ClrType, ClrType), bool> _assignable = [];
    private readonly Dictionary<(ClrType, ClrMethod), ClrMethod?> _implementations = [];
    private readonly Dictionary<ClrType, ClrType[]> _allInterfaces = [];
    private readonly Dictionary<TypeDef, (string Name, MethodImplementation Row)[]> _overrides = [];
    private VirtualSlots? _slots;

    /// <summary>The base type, or null.</summary>
    public ClrType? BaseOf(ClrType type)
    {
        if (type.BaseIsKnown) return type.Base;
        type.Base = type.Kind switch
        {
            // What arrays can do as collections is written in the library.
            TypeKind.Array => types.Core("System.SZArray`1", type.Element!),
            _ when type.Definition is null or { IsInterface: true } || type.Definition.Row.BaseType.IsNil => null,
            _ => tokens.Type(type.Definition.Image, type.Definition.Row.BaseType, new GenericContext(type.Arguments, [])),
        };
        type.BaseIsKnown = true;
        return type.Base;
    }

    /// <summary>The type, its base type, and so on.</summary>
    public IEnumerable<ClrType> SelfAndBases(ClrType type)
    {
        int depth = 0;
        for (ClrType? each = type; each is not null; each = BaseOf(each))
        {
            if (++depth > DeepestInheritance) throw CompilationException.Invalid($"{type} inherits from too many types");
            yield return each;
        }
    }

    /// <summary>Every interface that the type has, by itself or by inheritance.</summary>
    public ClrType[] AllInterfaces(ClrType type)
    {
        if (_allInterfaces.TryGetValue(type, out ClrType[]? known)) return known;
        List<ClrType> found = [];
        HashSet<ClrType> seen = [];
        Stack<ClrType> open = new(SelfAndBases(type).Reverse());
        while (open.TryPop(out ClrType? each))
        {
            foreach (ClrType face in InterfacesOf(each))
            {
                if (!seen.Add(face)) continue;
                if (seen.Count > MostInterfaces) throw CompilationException.Invalid($"{type} has too many interfaces");
                found.Add(face);
                open.Push(face);
            }
        }

        return _allInterfaces[type] = [.. found];
    }

    /// <summary>Whether an object of one type may be where another is expected.</summary>
    public bool IsAssignable(ClrType from, ClrType to)
    {
        if (from == to || to == types.Object) return true;
        if (_assignable.TryGetValue((from, to), out bool known)) return known;
        _assignable[(from, to)] = false; // for hierarchies that lead back to themselves
        return _assignable[(from, to)] = Compute(from, to);
    }

    /// <summary>The method that runs when a virtual method is called on an object of exactly this type; null if there is none.</summary>
    public ClrMethod? Implementation(ClrType type, ClrMethod declared)
    {
        if (_implementations.TryGetValue((type, declared), out ClrMethod? known)) return known;
        ClrMethod? found = declared.Owner.Kind == TypeKind.Interface ? OfInterface(type, declared) : OfClass(type, declared);
        return _implementations[(type, declared)] = found;
    }

    /// <summary>What a type says of which method takes which one's place. Names are read once: every object's type is asked for every virtual method.</summary>
    public (string Name, MethodImplementation Row)[] OverridesOf(TypeDef type)
    {
        if (_overrides.TryGetValue(type, out (string, MethodImplementation)[]? known)) return known;
        MetadataReader reader = type.Image.Metadata;
        return _overrides[type] = [.. type.Row.GetMethodImplementations().Select(reader.GetMethodImplementation).Select(row => (NameOf(reader, row.MethodDeclaration), row))];
    }

    private ClrType[] InterfacesOf(ClrType type)
    {
        if (type.Interfaces is { } known) return known;
        if (type.Definition is null) return type.Interfaces = [];
        List<ClrType> found = [];
        foreach (InterfaceImplementationHandle handle in type.Definition.Row.GetInterfaceImplementations())
        {
            InterfaceImplementation row = type.Definition.Image.Metadata.GetInterfaceImplementation(handle);
            ClrType face = tokens.Type(type.Definition.Image, row.Interface, new GenericContext(type.Arguments, []));
            if (face.Kind == TypeKind.Interface) found.Add(face);
        }

        return type.Interfaces = [.. found];
    }

    private bool Compute(ClrType from, ClrType to)
    {
        if (to.Kind == TypeKind.Interface) return (from.Kind == TypeKind.Interface && Varies(from, to)) || AllInterfaces(from).Any(face => Varies(face, to));
        if (from.Kind == TypeKind.Array && to.Kind == TypeKind.Array)
        {
            return from.Element!.IsReference && to.Element!.IsReference ? IsAssignable(from.Element, to.Element) : Bits(from.Element) is var bits && bits != TypeKind.Missing && bits == Bits(to.Element!);
        }

        return to.Kind == TypeKind.Class && SelfAndBases(from).Any(each => each == to || Varies(each, to));
    }

    // Arrays of numbers that differ in nothing but their sign, or in being an enum's, are of one type to casts. Truths and characters are no numbers.
    private static TypeKind Bits(ClrType element) => element.Kind switch
    {
        TypeKind.Int8 or TypeKind.UInt8 => TypeKind.UInt8,
        TypeKind.Int16 or TypeKind.UInt16 => TypeKind.UInt16,
        TypeKind.Int32 or TypeKind.UInt32 => TypeKind.UInt32,
        TypeKind.Int64 or TypeKind.UInt64 => TypeKind.UInt64,
        TypeKind.NativeInt or TypeKind.NativeUInt => TypeKind.NativeUInt,
        _ => TypeKind.Missing,
    };

    // The same definition, with arguments that variance lets differ.
    private bool Varies(ClrType from, ClrType to)
    {
        if (from == to) return true;
        if (from.Definition is null || from.Definition != to.Definition || from.Arguments.Length == 0) return false;
        MetadataReader reader = from.Definition.Image.Metadata;
        int position = 0;
        foreach (GenericParameterHandle handle in from.Definition.Row.GetGenericParameters())
        {
            GenericParameterAttributes variance = reader.GetGenericParameter(handle).Attributes & GenericParameterAttributes.VarianceMask;
            ClrType left = from.Arguments[position], right = to.Arguments[position++];
            if (left == right) continue;
            if (!left.IsReference || !right.IsReference) return false;
            bool fits = variance switch
            {
                GenericParameterAttributes.Covariant => IsAssignable(left, right),
                GenericParameterAttributes.Contravariant => IsAssignable(right, left),
                _ => false,
            };
            if (!fits) return false;
        }

        return true;
    }

    private ClrMethod? OfClass(ClrType type, ClrMethod declared)
    {
        _slots ??= new VirtualSlots(types, tokens, this);
        if (_slots.Find(type, declared) is not { } found || found.Definition.IsAbstract) return null;
        return types.Method(found.Definition, found.Owner, declared.Arguments);
    }

    private ClrMethod? OfInterface(ClrType type, ClrMethod declared)
    {
        foreach (ClrType each in SelfAndBases(type))
        {
            if (Explicit(each, declared) is { } found) return found;
            // What the type has exactly comes before what variance lets stand for it.
            foreach (ClrType face in InterfacesOf(each).SelectMany(face => AllInterfaces(face).Prepend(face)).OrderBy(face => face == declared.Owner ? 0 : 1))
            {
                if (!Varies(face, declared.Owner)) continue;
                ClrMethod exact = face == declared.Owner ? declared : types.Method(declared.Definition, face, declared.Arguments);
                if (exact != declared && Explicit(each, exact) is { } varied) return varied;
                if (ByName(type, each, exact) is { } named) return named;
            }
        }

        return Default(type, declared);
    }

    // A public method of the class that lists the interface, or one that it inherits; what overrides it counts.
    private ClrMethod? ByName(ClrType type, ClrType lister, ClrMethod declared)
    {
        MethodShape wanted = Shape(declared.Definition, declared.Owner);
        foreach (ClrType each in SelfAndBases(lister))
        {
            foreach (MethodDef method in each.Definition?.Methods ?? [])
            {
                if (method.Name != declared.Name || method.IsStatic != declared.IsStatic || (method.Row.Attributes & MethodAttributes.MemberAccessMask) != MethodAttributes.Public) continue;
                if (!Shape(method, each).Matches(wanted)) continue;
                ClrMethod found = types.Method(method, each, declared.Arguments);
                return method.IsVirtual && !method.IsStatic && type != each ? Implementation(type, found) : found;
            }
        }

        return null;
    }

    // A body in an interface: the most derived interface's, as it is written there.
    private ClrMethod? Default(ClrType type, ClrMethod declared)
    {
        ClrType? best = null;
        ClrMethod? found = null;
        foreach (ClrType face in AllInterfaces(type))
        {
            if (Explicit(face, declared) is not { } candidate || (best is not null && !AllInterfaces(face).Contains(best))) continue;
            (best, found) = (face, candidate);
        }

        return found ?? (declared.Definition.IsAbstract || !AllInterfaces(type).Any(face => Varies(face, declared.Owner)) ? null : declared);
    }

    private ClrMethod? Explicit(ClrType type, ClrMethod declared)
    {
        if (type.Definition is null) return null;
        foreach ((string name, MethodImplementation row) in OverridesOf(type.Definition))
        {
            if (name != declared.Name) continue;
            GenericContext context = new(type.Arguments, []);
            ClrType[] open = [.. Enumerable.Range(0, declared.Arguments.Length).Select(types.MethodParameter)];
            ClrMethod declaration = tokens.Method(type.Definition.Image, row.MethodDeclaration, open, context);
            if (declaration.Definition != declared.Definition || declaration.Owner != declared.Owner) continue;
            ClrMethod body = tokens.Method(type.Definition.Image, row.MethodBody, open, context);
            return types.Method(body.Definition, type, declared.Arguments);
        }

        return null;
    }

    private static string NameOf(MetadataReader reader, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.MemberReference => reader.GetString(reader.GetMemberReference((MemberReferenceHandle)handle).Name),
        HandleKind.MethodDefinition => reader.GetString(reader.GetMethodDefinition((MethodDefinitionHandle)handle).Name),
        _ => "",
    };

    // With the type's arguments in place and the method's own parameters as they are.
    private MethodShape Shape(MethodDef method, ClrType owner) => types.Substitute(types.ShapeOf(method), new GenericContext(owner.Arguments, null));
}
