using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using Phala.Contracts.Queries;

namespace Phala.Contracts.Testing.Calls;

/// <summary>A call of a contract as a test writes it, <c>auction => auction.Bid(5)</c>, made into what is sent.</summary>
/// <param name="Input">Selector and arguments.</param>
/// <param name="Name">What is called, for messages.</param>
/// <param name="Returns">What it returns; null for nothing.</param>
/// <param name="Error">The enum of its errors; null where what it returns has none inside.</param>
internal sealed record MessageCall(byte[] Input, string Name, TypeShape? Returns, Type? Error)
{
    /// <summary>Reads a call of a method.</summary>
    internal static MessageCall Of(ContractArtifact artifact, LambdaExpression lambda)
    {
        if (lambda.Body is not MethodCallExpression { Object: ParameterExpression } call) throw new ArgumentException("A call of one of the contract's methods is expected, such as auction => auction.Bid(5).", nameof(lambda));
        MethodInfo method = Marked(artifact.Type, call.Method, out ContractInterfaceAttribute? declared);
        CommandAttribute? command = method.GetCustomAttribute<CommandAttribute>();
        QueryAttribute? query = method.GetCustomAttribute<QueryAttribute>();
        if (command is null && query is null) throw new ArgumentException($"{method.Name} is neither a command nor a query.", nameof(lambda));
        string name = command?.Name ?? query?.Name ?? SnakeCase(method.Name);
        string label = declared?.Name is { } prefix ? $"{prefix}::{name}" : name;
        Type? errors = declared is null ? ErrorOf(artifact.Type) : declared.Error;
        bool fails = command?.Fails ?? query!.Fails;
        TypeShape? returns = method.ReturnType == typeof(void) ? null : ReflectedScale.ShapeOf(method.ReturnParameter);
        return new MessageCall(Encode(artifact, label, method.GetParameters(), call.Arguments), method.Name, returns, fails ? errors : null);
    }

    /// <summary>Reads a call of a constructor.</summary>
    internal static MessageCall OfConstructor(ContractArtifact artifact, LambdaExpression lambda)
    {
        if (lambda.Body is not NewExpression { Constructor: { } constructor } call) throw new ArgumentException("A constructor is expected, such as () => new Auction(5).", nameof(lambda));
        return OfConstructor(artifact, constructor, [.. call.Arguments]);
    }

    /// <summary>Finds a constructor by its arguments.</summary>
    internal static MessageCall OfConstructor(ContractArtifact artifact, object?[] arguments)
    {
        ConstructorInfo constructor = artifact.Type.GetConstructors().FirstOrDefault(each => each.IsDefined(typeof(ConstructorAttribute)) && Fits(each.GetParameters(), arguments))
            ?? throw new ArgumentException($"{artifact.Type.Name} has no constructor for such arguments.", nameof(arguments));
        return OfConstructor(artifact, constructor, [.. constructor.GetParameters().Zip(arguments, static (parameter, value) => Expression.Constant(value, parameter.ParameterType))]);
    }

    private static MessageCall OfConstructor(ContractArtifact artifact, ConstructorInfo constructor, IReadOnlyList<Expression> arguments)
    {
        ConstructorAttribute marked = constructor.GetCustomAttribute<ConstructorAttribute>() ?? throw new ArgumentException("The constructor is not marked with [Constructor].", nameof(constructor));
        return new MessageCall(Encode(artifact, "constructor " + marked.Name, constructor.GetParameters(), arguments), artifact.Type.Name, null, ErrorOf(artifact.Type));
    }

    private static byte[] Encode(ContractArtifact artifact, string label, ParameterInfo[] parameters, IReadOnlyList<Expression> arguments)
    {
        byte[] selector = artifact.SelectorOf(label) ?? throw new InvalidOperationException($"The description of {artifact.Type.Name} has no '{label}'.");
        List<byte> input = [.. selector];
        foreach ((ParameterInfo parameter, Expression argument) in parameters.Zip(arguments))
        {
            if (parameter.ParameterType == typeof(QueryContext)) continue;
            object? value = Expression.Lambda<Func<object?>>(Expression.Convert(argument, typeof(object))).Compile(preferInterpretation: true)();
            ReflectedScale.Write(input, value, ReflectedScale.ShapeOf(parameter));
        }

        return [.. input];
    }

    /// <summary>The method that carries the attributes: the interface's, where one of contracts has it.</summary>
    private static MethodInfo Marked(Type type, MethodInfo method, out ContractInterfaceAttribute? declared)
    {
        declared = method.DeclaringType!.GetCustomAttribute<ContractInterfaceAttribute>();
        if (declared is not null) return method;
        foreach (Type each in type.GetInterfaces())
        {
            if (each.GetCustomAttribute<ContractInterfaceAttribute>() is not { } attribute) continue;
            InterfaceMapping mapping = type.GetInterfaceMap(each);
            int index = Array.FindIndex(mapping.TargetMethods, target => target == method);
            if (index < 0) continue;
            declared = attribute;
            return mapping.InterfaceMethods[index];
        }

        return method;
    }

    private static Type? ErrorOf(Type type) => type.BaseType is { IsGenericType: true } parent ? parent.GetGenericArguments()[0] : null;

    private static bool Fits(ParameterInfo[] parameters, object?[] arguments) =>
        parameters.Length == arguments.Length && parameters.Zip(arguments).All(static pair => pair.Second is null ? !pair.First.ParameterType.IsValueType : pair.First.ParameterType.IsInstanceOfType(pair.Second));

    private static string SnakeCase(string name)
    {
        StringBuilder text = new();
        for (int at = 0; at < name.Length; at++)
        {
            bool startsWord = at > 0 && char.IsUpper(name[at]) && (!char.IsUpper(name[at - 1]) || (at + 1 < name.Length && char.IsLower(name[at + 1])));
            if (startsWord && name[at - 1] != '_') text.Append('_');
            text.Append(char.ToLowerInvariant(name[at]));
        }

        return text.ToString();
    }
}
