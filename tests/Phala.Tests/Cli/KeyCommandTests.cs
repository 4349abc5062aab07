using System.CommandLine;
using System.Text.Json;
using Phala.Cli;
using Xunit;

namespace Phala.Tests.Cli;

/// <summary><c>phala key</c>, as a user types it.</summary>
public sealed class KeyCommandTests
{
    private const string AliceOfPhala = "45R2pfjQUW2s9PQRHU48HQKLKHVMaDja7N3wpBtmF28UYDs2";
    private const string AliceOfSubstrate = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

    [Fact]
    public void InspectShowsBothAddressesOfAlice()
    {
        (int code, string output, string error) = Run("key", "inspect", "//Alice");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains(AliceOfPhala, output, StringComparison.Ordinal);
        Assert.Contains(AliceOfSubstrate, output, StringComparison.Ordinal);
    }

    [Fact]
    public void InspectTranslatesAnAddressToAnotherNetwork()
    {
        Assert.Contains(AliceOfPhala, Run("key", "inspect", AliceOfSubstrate).Output, StringComparison.Ordinal);
        Assert.Contains(AliceOfSubstrate, Run("key", "inspect", AliceOfPhala, "--network", "substrate").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sr25519")]
    [InlineData("ed25519")]
    [InlineData("ecdsa")]
    public void WhatIsSignedVerifiesAndNothingElseDoes(string scheme)
    {
        using JsonDocument report = JsonDocument.Parse(Run("key", "inspect", "//Bob", "--scheme", scheme, "--json").Output);
        string address = report.RootElement.GetProperty("address").GetString()!;
        string signature = Run("key", "sign", "hello", "--secret", "//Bob", "--scheme", scheme).Output.Trim();

        Assert.Equal(0, Run("key", "verify", "hello", signature, address, "--scheme", scheme).Code);
        Assert.Equal(0, Run("key", "verify", "0x68656c6c6f", signature, address, "--scheme", scheme, "--hex").Code);
        Assert.Equal(1, Run("key", "verify", "hallo", signature, address, "--scheme", scheme).Code);
        Assert.Equal(1, Run("key", "verify", "hello", signature, AliceOfPhala, "--scheme", scheme).Code);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(24)]
    public void AGeneratedPhraseLeadsToTheAddressThatWasShown(int words)
    {
        using JsonDocument report = JsonDocument.Parse(Run("key", "generate", "--words", $"{words}", "--json").Output);
        string phrase = report.RootElement.GetProperty("secretPhrase").GetString()!;
        Assert.Equal(words, phrase.Split(' ').Length);
        Assert.Contains(report.RootElement.GetProperty("address").GetString()!, Run("key", "inspect", phrase).Output, StringComparison.Ordinal);
        Assert.NotEqual(phrase, JsonDocument.Parse(Run("key", "generate", "--json").Output).RootElement.GetProperty("secretPhrase").GetString());
    }

    [Fact]
    public void TheEcdsaKeyThatInspectShowsIsReadBack()
    {
        using JsonDocument report = JsonDocument.Parse(Run("key", "inspect", "//Bob", "--scheme", "ecdsa", "--json").Output);
        string key = report.RootElement.GetProperty("publicKey").GetString()!, address = report.RootElement.GetProperty("address").GetString()!;
        Assert.Contains(address, Run("key", "inspect", "--public", key).Output, StringComparison.Ordinal);
        string signature = Run("key", "sign", "hello", "--secret", "//Bob", "--scheme", "ecdsa").Output.Trim();
        Assert.Equal(0, Run("key", "verify", "hello", signature, key, "--scheme", "ecdsa").Code);
    }

    [Fact]
    public void AKeyThatSignsEverythingIsRefused()
    {
        string zeros = "0x" + new string('0', 128);
        (int code, _, string error) = Run("key", "verify", "hello", zeros, zeros[..66], "--scheme", "ed25519");
        Assert.Equal(1, code);
        Assert.Contains("small order", error, StringComparison.Ordinal);
    }

    [Fact]
    public void APasswordLeadsToAnotherAccount()
    {
        Assert.NotEqual(Run("key", "inspect", "//Alice").Output, Run("key", "inspect", "//Alice", "--password", "x").Output);
    }

    [Theory]
    [InlineData("another number of words", "key", "inspect", "foo bar")]
    [InlineData("64 hexadecimal digits", "key", "inspect", "0x12")]
    [InlineData("hard junctions only", "key", "inspect", "//Alice/soft", "--scheme", "ed25519")]
    [InlineData("is no network", "key", "generate", "--network", "46")]
    [InlineData("12, 15, 18, 21 or 24", "key", "generate", "--words", "13")]
    [InlineData("not hexadecimal", "key", "verify", "hello", "xyz", AliceOfPhala)]
    [InlineData("its checksum does not fit", "key", "verify", "hello", "0x00", "45R2pfjQUW2s9PQRHU48HQKLKHVMaDja7N3wpBtmF28UYDs3")]
    [InlineData("its checksum does not fit", "key", "inspect", "45R2pfjQUW2s9PQRHU48HQKLKHVMaDja7N3wpBtmF28UYDs3")]
    [InlineData("Only one of message, secret and password", "key", "sign", "-", "--secret", "-")]
    [InlineData("The secret is empty", "key", "sign", "hello", "--secret", "")]
    [InlineData("The secret is empty", "key", "inspect", "")]
    [InlineData("white space", "key", "inspect", "//Alice ")]
    [InlineData("has a password already", "key", "inspect", "//Alice///x", "--password", "y")]
    [InlineData("is no signature scheme", "key", "inspect", "//Alice", "--scheme", "7")]
    [InlineData("is no signature scheme", "key", "inspect", "//Alice", "--scheme", "rsa")]
    [InlineData("no compressed ecdsa key", "key", "inspect", "--public", "0x00000000000000000000000000000000000000000000000000000000000000ffff")]
    public void WrongInputIsAnsweredWithWhatToDo(string expected, params string[] arguments)
    {
        (int code, _, string error) = Run(arguments);
        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int code = PhalaCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
