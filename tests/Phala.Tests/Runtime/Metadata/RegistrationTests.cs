using System.Reflection;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Storage;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Runtime.Metadata;

/// <summary>What a pallet's file declares, its table of contents lists, once.</summary>
public sealed class RegistrationTests
{
    private static readonly Type[] Declared = typeof(RuntimeShape).Assembly.GetTypes();

    [Fact]
    public void EveryCallIsListedOnce() =>
        AssertSame(Implementing(typeof(ICall<>)), RuntimeShape.Pallets.SelectMany(pallet => pallet.Calls).Select(call => call.Type.FullName!));

    [Fact]
    public void EveryEventIsListedOnce() =>
        AssertSame(Implementing(typeof(IEvent<>)), RuntimeShape.Pallets.SelectMany(pallet => pallet.Events).Select(item => item.Type.FullName!));

    [Fact]
    public void EveryStorageItemIsListedOnceByThePalletThatDeclaresIt()
    {
        IEnumerable<string> declared = PalletClasses()
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => typeof(StorageItem).IsAssignableFrom(field.FieldType))
                .Select(field => $"{ShapeOf(type).Name}.{field.Name}"));
        AssertSame(declared, RuntimeShape.Pallets.SelectMany(pallet => pallet.Storage).Select(item => item.ToString()));
    }

    [Fact]
    public void EveryEnumOfErrorsIsNamedOnceByThePalletThatDeclaresIt()
    {
        Type[] declared = [.. Declared.Where(type => type is { IsEnum: true, Name: "Error", IsNested: true })];
        AssertSame(declared.Select(type => type.FullName!), RuntimeShape.Pallets.Select(pallet => pallet.ErrorType?.FullName).OfType<string>());
        Assert.All(declared, type => Assert.Equal(type, ShapeOf(type.DeclaringType!).ErrorType));
    }

    [Fact]
    public void EveryPalletIsInTheRuntimeOnceAndInOrder()
    {
        AssertSame(PalletClasses().Select(type => ShapeOf(type).Name), RuntimeShape.Pallets.Select(pallet => pallet.Name));
        Assert.Equal(RuntimeShape.Pallets.Select(pallet => pallet.Index).Distinct().Order(), RuntimeShape.Pallets.Select(pallet => pallet.Index));
    }

    [Fact]
    public void CallsAndEventsStandInThePalletWhoseClassHoldsThem() => Findings.None(RuntimeShape.Pallets
        .SelectMany(pallet => pallet.Calls.Select(call => (pallet, call.Type)).Concat(pallet.Events.Select(item => (pallet, item.Type))))
        .Where(listed => ShapeOf(listed.Type.DeclaringType!) != listed.pallet)
        .Select(listed => $"{listed.Type} in {listed.pallet.Name}"));

    [Fact]
    public void EverythingThatMetadataShowsIsDocumented() => Findings.None(RuntimeShape.Pallets.SelectMany(pallet => pallet.Storage
        .Where(item => pallet.DocsOf(item).Count == 0).Select(item => $"{item}")
        .Concat(pallet.Docs.Count == 0 ? [pallet.Name] : [])));

    private static IEnumerable<Type> PalletClasses() => Declared.Where(type => type.GetProperty("Shape", BindingFlags.Public | BindingFlags.Static)?.PropertyType == typeof(PalletShape));

    private static PalletShape ShapeOf(Type pallet) => (PalletShape)pallet.GetProperty("Shape", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    private static IEnumerable<string> Implementing(Type generic) =>
        Declared.Where(type => !type.IsInterface && type.GetInterfaces().Any(each => each.IsGenericType && each.GetGenericTypeDefinition() == generic)).Select(type => type.FullName!);

    private static void AssertSame(IEnumerable<string> declared, IEnumerable<string> listed)
    {
        string[] expected = [.. declared.Order(StringComparer.Ordinal)];
        Assert.NotEmpty(expected);
        Assert.Equal(expected, listed.Order(StringComparer.Ordinal));
    }
}
