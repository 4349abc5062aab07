using System.Reflection;
using Phala.Codec;
using Phala.Runtime;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
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
    public void EveryCallIsHandledOnceByThePalletThatDeclaresIt()
    {
        Pallet[] pallets = [.. new PhalaRuntime().Pallets];
        AssertSame(
            RuntimeShape.Pallets.SelectMany(pallet => pallet.Calls.Select(call => $"{pallet.Name}.{call.Name}")),
            pallets.SelectMany(pallet => pallet.Handlers.Select(handler => $"{pallet.Shape.Name}.{handler.Shape.Name}")));
        Assert.Equal(RuntimeShape.Pallets.Select(pallet => pallet.Name).Order(StringComparer.Ordinal), pallets.Select(pallet => pallet.Shape.Name).Order(StringComparer.Ordinal));
        Assert.Throws<ArgumentException>(() => new Dispatcher([.. pallets, pallets[^1]]));
        Assert.Throws<ArgumentException>(() => new Dispatcher(pallets[..^1]));
    }

    /// <summary>Keys as every chain of this kind has them: Alice's account, and an item without a key.</summary>
    [Fact]
    public void KeysAreThoseThatClientsMake()
    {
        Assert.Equal(
            "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9de1e86a9a8c739864cf3cc5ec2bea59fd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d",
            Hex.Format(FrameSystem.Account.Key(ClientSample.Alice)));
        Assert.Equal("0x26aa394eea5630e07c48ae0c9558cef780d41e5e16056765bc8461851072c9d7", Hex.Format(FrameSystem.Events.Prefix));
        Assert.Equal("0xf0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb", Hex.Format(Timestamp.Now.Prefix));
    }

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
