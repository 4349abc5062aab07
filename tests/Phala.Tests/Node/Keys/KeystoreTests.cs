using Phala.Chain.Aura;
using Phala.Chain.Grandpa;
using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;
using Phala.Node.Keys;
using Phala.Tests.Node.Host;
using Phala.Tests.Node.Storage;
using Xunit;

namespace Phala.Tests.Node.Keys;

/// <summary>Keys on disk: Substrate's layout, rights, and what is said of damage.</summary>
public sealed class KeystoreTests : IDisposable
{
    private const string AliceAura = "61757261d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
    private const string AliceGrandpa = "6772616e88dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922423d4334014fa6b0ee";

    private readonly TemporaryDirectory _directory = new();

    private string Folder => Path.Combine(_directory.Path, "chains", "dev", "keystore");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void AKeyThatIsInsertedIsWhereSubstrateKeepsItAndIsLoaded()
    {
        Assert.Equal(0, Insert("aura", "//Alice").Code);
        Assert.Equal(0, Insert("gran", "//Alice").Code);
        Assert.Equal([AliceAura, AliceGrandpa], Directory.GetFiles(Folder).Select(Path.GetFileName).Order());
        Assert.Equal("\"//Alice\"", File.ReadAllText(Path.Combine(Folder, AliceAura)));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Folder, AliceAura)));

        using AuthorityKeys keys = new();
        Assert.Null(new Keystore(Folder).Load(keys, null));
        Assert.True(keys.TryGet(new AuraAuthorityId(Convert.FromHexString(AliceAura).AsSpan(4)), out Sr25519KeyPair? _));
        Assert.True(keys.TryGet(new GrandpaAuthorityId(Convert.FromHexString(AliceGrandpa).AsSpan(4)), out Ed25519KeyPair? _));
    }

    [Fact]
    public void TheSecretComesFromAFileToo()
    {
        string file = Path.Combine(_directory.Path, "suri");
        File.WriteAllText(file, "//Alice\n");
        Assert.Equal(0, Insert("aura", file).Code);
        Assert.Equal([AliceAura], Directory.GetFiles(Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void APasswordIsNotStoredAndIsNeededAgain()
    {
        string password = Path.Combine(_directory.Path, "password");
        File.WriteAllText(password, "secret");
        Assert.Equal(0, CommandRun.Run("key", "insert", "-d", _directory.Path, "--key-type", "aura", "--suri", "//Alice", "--password-filename", password).Code);
        string file = Directory.GetFiles(Folder).Single();
        Assert.NotEqual(AliceAura, Path.GetFileName(file));
        Assert.Equal("\"//Alice\"", File.ReadAllText(file));
        using AuthorityKeys keys = new();
        Assert.Contains("--password-filename", new Keystore(Folder).Load(keys, null), StringComparison.Ordinal);
        Assert.True(keys.IsEmpty);
        Assert.Null(new Keystore(Folder).Load(keys, "secret"));
        Assert.False(keys.IsEmpty);
    }

    [Theory]
    [InlineData("//Alice", KeyFileError.NoJsonText)]
    [InlineData("", KeyFileError.NoJsonText)]
    [InlineData("7", KeyFileError.NoJsonText)]
    [InlineData("\"//Alice\" \"\"", KeyFileError.NoJsonText)]
    [InlineData("\"\\ud800\"", KeyFileError.NoJsonText)]
    [InlineData("\"\"", KeyFileError.BadSecret)]
    [InlineData("\"no phrase\"", KeyFileError.BadSecret)]
    [InlineData("\"//Bob\"", KeyFileError.OtherKey)]
    [InlineData("\"//Alice\"", KeyFileError.None)]
    public void ADamagedFileIsNamedWithWhatHelps(string content, KeyFileError expected)
    {
        Directory.CreateDirectory(Folder);
        foreach (string name in (string[])[AliceAura, AliceGrandpa])
        {
            Assert.True(KeyFile.TryReadName(name, out string? type, out byte[] publicKey));
            using AuthorityKeys keys = new();
            Assert.Equal(expected, KeyFile.Read(System.Text.Encoding.UTF8.GetBytes(content), type, publicKey, null, keys));
            Assert.Equal(expected != KeyFileError.None, keys.IsEmpty);
        }

        string path = Path.Combine(Folder, AliceAura);
        File.WriteAllText(path, content);
        using AuthorityKeys loaded = new();
        string? problem = new Keystore(Folder).Load(loaded, null);
        if (expected == KeyFileError.None) Assert.Null(problem);
        else Assert.Matches($"^The key file .*{AliceAura} is damaged: .*key insert --key-type aura", problem);
    }

    [Theory]
    [InlineData("notes.txt")]
    [InlineData("62616265d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d")]
    [InlineData("61757261d435")]
    [InlineData("61757261zz3593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d")]
    public void OtherFilesAreNoMatterOfOurs(string name)
    {
        Assert.False(KeyFile.TryReadName(name, out _, out _));
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, name), "anything");
        using AuthorityKeys keys = new();
        Assert.Null(new Keystore(Folder).Load(keys, null));
        Assert.True(keys.IsEmpty);
    }

    [Fact]
    public void WhatCanNotBeInsertedIsSaid()
    {
        Assert.Contains("sr25519", Insert("aura", "//Alice", "--scheme", "ed25519").Error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("secret phrase is not valid", Insert("aura", "no phrase at all").Error, StringComparison.Ordinal);
        Assert.Contains("hard junctions only", Insert("gran", "//Alice/soft").Error, StringComparison.Ordinal);
        Assert.NotEqual(0, Insert("babe", "//Alice").Code);
        Assert.False(Directory.Exists(Folder));
        Directory.CreateDirectory(Path.GetDirectoryName(Folder)!);
        File.WriteAllText(Folder, "a file in the way");
        Assert.Contains("can't be kept in", Insert("aura", "//Alice").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void KeysAreGeneratedAndInspectedWithSubstratesNames()
    {
        string json = CommandRun.Run("key", "inspect", "//Alice", "--output-type", "json").Output;
        Assert.Contains($"\"ss58Address\": \"{DevAccounts.Address("Alice", prefix: Ss58.PhalaPrefix)}\"", json, StringComparison.Ordinal);
        Assert.Contains("\"accountId\": \"0xd43593", json, StringComparison.Ordinal);
        Assert.Contains("\"secretPhrase\"", CommandRun.Run("key", "generate", "--output-type", "json").Output, StringComparison.Ordinal);
        Assert.Contains("Give one of", CommandRun.Run("key", "inspect", "//Alice", "--password", "x", "--password-interactive").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TheIdentityStaysAndADamagedOneIsNotReplaced()
    {
        string chain = Path.Combine(_directory.Path, "chains", "dev"), file = Path.Combine(chain, "network", "secret_ed25519");
        byte fill = 0;
        string Open()
        {
            using Ed25519KeyPair pair = NodeIdentity.Open(chain, seed => seed.Fill(++fill));
            return NodeIdentity.PeerId(pair);
        }

        string first = Open();
        Assert.Equal(first, Open());
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file)!));

        byte[] kept = File.ReadAllBytes(file);
        foreach (byte[] damaged in (byte[][])[[], kept[1..], [.. kept, 0]])
        {
            File.WriteAllBytes(file, damaged);
            Assert.Contains("is damaged", Assert.Throws<IOException>(Open).Message, StringComparison.Ordinal);
            Assert.Equal(damaged, File.ReadAllBytes(file));
        }

        File.Delete(file);
        Assert.NotEqual(first, Open());
    }

    private (int Code, string Output, string Error) Insert(string type, string secret, params string[] more) =>
        CommandRun.Run(["key", "insert", "-d", _directory.Path, "--key-type", type, "--suri", secret, .. more]);
}
