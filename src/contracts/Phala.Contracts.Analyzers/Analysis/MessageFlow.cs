using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Phala.Codec.Generator.Reading;
using Phala.Contracts.Analyzers.Rules;

namespace Phala.Contracts.Analyzers.Analysis;

/// <summary>Follows what a contract's messages reach through the contract's own methods: changes, which queries can't make, and errors, which only messages that return them can end with.</summary>
/// <remarks>A method that is named counts as one that is called, so nothing is overlooked. What changes something or fails are protected members of the SDK's classes, or of its storage: no other class can do it for the contract.</remarks>
internal sealed class MessageFlow
{
    private readonly INamedTypeSymbol _contract;
    private readonly ConcurrentBag<(ISymbol From, ISymbol To)> _calls = [];
    private readonly ConcurrentBag<(ISymbol In, string What, Location At, bool IsError)> _acts = [];

    private MessageFlow(INamedTypeSymbol contract) => _contract = contract;

    internal static void Register(SymbolStartAnalysisContext context)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        if (!Symbols.Has(type, KnownNames.ContractAttribute)) return;
        MessageFlow flow = new(type);
        context.RegisterOperationAction(flow.Note, OperationKind.Invocation, OperationKind.MethodReference, OperationKind.PropertyReference);
        context.RegisterSymbolEndAction(flow.Judge);
    }

    private void Note(OperationAnalysisContext context)
    {
        ISymbol from = context.ContainingSymbol is IMethodSymbol { AssociatedSymbol: { } property } ? property : context.ContainingSymbol;
        ISymbol? to = context.Operation switch
        {
            IInvocationOperation invocation => invocation.TargetMethod,
            IMemberReferenceOperation member => member.Member,
            _ => null,
        };
        if (to is null) return;
        if (SymbolEqualityComparer.Default.Equals(to.ContainingType, _contract)) _calls.Add((from, to));
        bool isError = to.ContainingType is { Name: "Contract", IsGenericType: true } && IsSdk(to, KnownNames.Sdk) && to.Name is "Require" or "Fail";
        if (isError || Changes(context.Operation, to)) _acts.Add((from, to.Name == "this[]" ? "the indexer" : to.Name, context.Operation.Syntax.GetLocation(), isError));
    }

    private static bool Changes(IOperation operation, ISymbol member)
    {
        if (IsSdk(member, KnownNames.Sdk) && member.ContainingType.Name == "Contract") return member.Name is "Emit" or "Transfer" or "TryTransfer";
        if (!IsSdk(member, KnownNames.Sdk + ".Storage")) return false;
        if (member is not IPropertySymbol) return member.Name is "Set" or "Clear" or "Remove" or "Add" or "RemoveLast";
        return operation.Parent is IAssignmentOperation assignment ? assignment.Target == operation : operation.Parent is IIncrementOrDecrementOperation;
    }

    private static bool IsSdk(ISymbol member, string space) => member.ContainingNamespace?.ToDisplayString() == space;

    private void Judge(SymbolAnalysisContext context)
    {
        foreach (IMethodSymbol method in _contract.GetMembers().OfType<IMethodSymbol>())
        {
            (string Kind, bool MayFail)? message = MessageOf(method);
            if (message is not { } found) continue;
            HashSet<ISymbol> reached = Reach(method);
            foreach ((ISymbol within, string what, Location at, bool isError) in _acts.Where(act => reached.Contains(act.In)).OrderBy(static act => act.At.SourceSpan.Start))
            {
                if (isError && !found.MayFail) context.ReportDiagnostic(Diagnostic.Create(CodeRules.QueryFails, at, what, method.Name, found.Kind));
                else if (!isError && found.Kind == "Query") context.ReportDiagnostic(Diagnostic.Create(CodeRules.QueryWrites, at, what, method.Name));
            }
        }
    }

    /// <summary>What kind of message a method is, by its own attribute or by that of the interface's method that it implements.</summary>
    private (string Kind, bool MayFail)? MessageOf(IMethodSymbol method)
    {
        IEnumerable<ISymbol> declared = _contract.AllInterfaces.SelectMany(static each => each.GetMembers()).Where(member => SymbolEqualityComparer.Default.Equals(_contract.FindImplementationForInterfaceMember(member), method));
        foreach (ISymbol each in declared.Prepend(method))
        {
            if (Symbols.Find(each, KnownNames.QueryAttribute) is { } query) return ("Query", Flag(query, false));
            if (Symbols.Find(each, KnownNames.CommandAttribute) is { } command) return ("Command", Flag(command, true));
        }

        return null;
    }

    private static bool Flag(AttributeData attribute, bool otherwise) => attribute.NamedArguments.FirstOrDefault(static each => each.Key == "Fails").Value.Value is bool said ? said : otherwise;

    private HashSet<ISymbol> Reach(ISymbol start)
    {
        HashSet<ISymbol> reached = new(SymbolEqualityComparer.Default) { start };
        Stack<ISymbol> open = new([start]);
        while (open.Count > 0)
        {
            ISymbol from = open.Pop();
            foreach ((_, ISymbol to) in _calls.Where(call => SymbolEqualityComparer.Default.Equals(call.From, from)))
            {
                if (reached.Add(to)) open.Push(to);
            }
        }

        return reached;
    }
}
