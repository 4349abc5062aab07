using System.Net;
using Phala.Node.Network.Transport;
using Xunit;

namespace Phala.Tests.Node.Network.Transport;

/// <summary>Nobody takes all connections: not one address, and not one network of IPv6 whose addresses are free to choose.</summary>
public sealed class AdmissionTests
{
    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1", true)]
    [InlineData("10.0.0.1", "::ffff:10.0.0.1", true)]
    [InlineData("2001:db8::1", "2001:db8::ffff:2", true)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [InlineData("0.0.0.1", "::", false)]
    public void AnAddressHasItsShare(string one, string other, bool isSame)
    {
        Admission admission = new(maxConnections: 100, maxPerAddress: 3);
        for (int at = 0; at < 3; at++) Assert.True(admission.TryEnter(IPAddress.Parse(one)));
        Assert.False(admission.TryEnter(IPAddress.Parse(one)));
        Assert.Equal(!isSame, admission.TryEnter(IPAddress.Parse(other)));
        admission.Leave(IPAddress.Parse(one));
        Assert.True(admission.TryEnter(IPAddress.Parse(isSame ? other : one)));
    }

    [Fact]
    public void RandomComingsAndGoingsAreAsAListSays()
    {
        Random random = new(5);
        Admission admission = new(maxConnections: 12, maxPerAddress: 4);
        List<IPAddress> present = [];
        int refused = 0, full = 0;
        for (int step = 0; step < 5000; step++)
        {
            if (present.Count > 0 && random.Next(5) < 2)
            {
                int leaving = random.Next(present.Count);
                admission.Leave(present[leaving]);
                present.RemoveAt(leaving);
                continue;
            }

            IPAddress address = new([10, 0, 0, (byte)random.Next(5)]);
            bool fits = present.Count < 12 && present.Count(address.Equals) < 4;
            Assert.Equal(fits, admission.TryEnter(address));
            if (fits) present.Add(address);
            else if (present.Count == 12) full++;
            else refused++;
            Assert.Equal(present.Count, admission.Count);
        }

        Assert.True(refused > 50 && full > 50, $"{refused} {full}");
    }
}
