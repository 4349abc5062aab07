using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Phala.Worker.Contracts;
using Xunit;

namespace Phala.Tests.Worker.Contracts;

/// <summary>Which addresses contracts may reach: the first, one within and the last of each range that they may not, and what is just outside.</summary>
public sealed class AddressRuleTests
{
    private const string Refused =
        """
        0.0.0.0 0.0.0.1 0.255.255.255 10.0.0.0 10.1.2.3 10.255.255.255 100.64.0.0 100.100.100.200 100.127.255.255 127.0.0.0 127.0.0.1 127.0.0.53 127.1.2.3 127.255.255.255
        168.63.129.16 169.254.0.0 169.254.169.254 169.254.170.2 169.254.255.255 172.16.0.0 172.17.0.1 172.31.255.255 192.0.0.0 192.0.0.8 192.0.0.192 192.0.0.255
        192.0.2.0 192.0.2.255 192.88.99.0 192.88.99.1 192.88.99.255 192.168.0.0 192.168.1.1 192.168.255.255 198.18.0.0 198.19.255.255 198.51.100.0 198.51.100.255 203.0.113.0 203.0.113.255
        224.0.0.0 224.0.0.251 239.255.255.250 239.255.255.255 240.0.0.0 250.1.2.3 255.255.255.254 255.255.255.255
        :: ::1 ::2 ::127.0.0.1 ::ffff:0.0.0.0 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:192.168.1.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 ::8.8.8.8
        64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b::169.254.169.254 64:ff9b::8.8.8.8 64:ff9b:1::1 64:ff9b:1:ffff:ffff:ffff:7f00:1 100::1 100:0:0:1::1
        2001:: 2001::1 2001:0:7f00:1:: 2001:0:4136:e378:8000:63bf:80ff:fffe 2001:1::1 2001:2::1 2001:3::1 2001:10::1 2001:20::1 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff
        2001:db8:: 2001:db8::1 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff 2002:: 2002:7f00:1::1 2002:a00:1:: 2002:a9fe:a9fe::1 2002:808:808::1 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff 3fff::1 3fff:fff::1
        1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 4000::1 5f00::1 8000::1 fc00:: fc00::1 fd00:ec2::254 fd20:ce::254 fdff:ffff::1 fe00::1 fe80:: fe80::1 fe80::1%1 fe80::a9fe:a9fe febf:ffff::1 fec0::1 feff::1
        ff00:: ff01::1 ff02::1 ff02::fb ff05::1:3 ff0e::1 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
        """;

    private const string Allowed =
        """
        1.0.0.0 1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 93.184.216.34 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 168.63.129.15 168.63.129.17 169.253.255.255 169.255.0.0
        172.15.255.255 172.32.0.0 191.255.255.255 192.0.1.0 192.0.3.0 192.88.98.255 192.88.100.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 198.51.99.255 198.51.101.0 203.0.112.255 203.0.114.0
        223.255.255.255 2000:: 2001:200:: 2001:4860:4860::8888 2001:db7:ffff::1 2001:db9::1 2003::1 2600::1 2606:4700:4700::1111 2a00:1450:4001::1 3ffe:ffff::1 3fff:1000::1 3fff:ffff::1
        """;

    [Fact]
    public void What_is_not_of_the_public_internet_is_refused_and_what_is_beside_it_is_not()
    {
        string[] refused = Split(Refused), allowed = Split(Allowed);
        Assert.True(refused.Length > 110 && allowed.Length > 40, $"{refused.Length} {allowed.Length}");
        Assert.DoesNotContain(refused, text => AddressRule.IsAllowed(IPAddress.Parse(text), allowLoopback: false));
        Assert.DoesNotContain(allowed, text => !AddressRule.IsAllowed(IPAddress.Parse(text), allowLoopback: false));
    }

    [Fact]
    public void The_option_for_development_opens_loopback_alone()
    {
        string[] opened = [.. Split(Refused).Where(text => AddressRule.IsAllowed(IPAddress.Parse(text), allowLoopback: true))];
        Assert.Equal(["127.0.0.0", "127.0.0.1", "127.0.0.53", "127.1.2.3", "127.255.255.255", "::1"], opened);
        Assert.DoesNotContain(Split(Allowed), text => !AddressRule.IsAllowed(IPAddress.Parse(text), allowLoopback: true));
    }

    /// <summary>A naive second reading of the ranges for version 4, over all sixteen-bit prefixes and the ends of each.</summary>
    [Fact]
    public void Every_address_of_version_4_is_judged_as_by_the_list_of_ranges()
    {
        int allowed = 0;
        for (int high = 0; high < 65536; high++)
        {
            foreach (int low in (int[])[0, 1, 0x0100, 0x0200, 0x6300, 0x6400, 0x7100, 0x8110, 0xa9fe, 0xffff])
            {
                byte[] bytes = [(byte)(high >> 8), (byte)high, (byte)(low >> 8), (byte)low];
                bool expected = IsPublic(bytes);
                Assert.True(expected == IsAllowedByRanges(bytes), string.Join('.', bytes));
                if (expected) allowed++;
            }
        }

        Assert.InRange(allowed, 500_000, 600_000);
    }

    /// <summary>What a worker serves to its operator may listen on the machine's public address.</summary>
    [Fact]
    public void The_machines_own_addresses_are_known_and_others_are_not()
    {
        IPAddress[] own =
        [
            .. NetworkInterface.GetAllNetworkInterfaces().Where(each => each.OperationalStatus == OperationalStatus.Up).SelectMany(each => each.GetIPProperties().UnicastAddresses)
                .Select(each => each.Address).Where(address => address.AddressFamily == AddressFamily.InterNetwork),
        ];
        Assert.Contains(IPAddress.Loopback, own);
        Assert.All(own, address => Assert.True(AddressRule.IsOfThisMachine(address), address.ToString()));
        Assert.All((string[])["1.1.1.1", "8.8.8.8", "203.0.113.9"], text => Assert.False(AddressRule.IsOfThisMachine(IPAddress.Parse(text)), text));
    }

    private static bool IsAllowedByRanges(byte[] bytes) => AddressRule.IsPublic(new IPAddress(bytes));

    private static bool IsPublic(byte[] b) => !(b[0] is 0 or 10 or 127 or >= 224
        || (b[0], b[1]) is (169, 254) or (192, 168) or (198, 18) or (198, 19)
        || (b[0] == 100 && b[1] is >= 64 and < 128)
        || (b[0] == 172 && b[1] is >= 16 and < 32)
        || (b[0], b[1], b[2]) is (192, 0, 0) or (192, 0, 2) or (192, 88, 99) or (198, 51, 100) or (203, 0, 113)
        || (b[0], b[1], b[2], b[3]) is (168, 63, 129, 16));

    private static string[] Split(string text) => text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
