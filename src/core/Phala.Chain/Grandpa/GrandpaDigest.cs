using Phala.Codec;

namespace Phala.Chain.Grandpa;

/// <summary>Finds the change of authorities that a header announces.</summary>
public static class GrandpaDigest
{
    /// <summary>Reads a header's messages to GRANDPA. <see cref="GrandpaLog.OnDisabled"/> changes nothing and is passed over.</summary>
    /// <param name="digest">The header's digest.</param>
    /// <param name="change">The change, or null where there is none.</param>
    /// <returns><see cref="GrandpaDigestError.None"/>, or why the set after this block is not known. Any digest gives an answer.</returns>
    public static GrandpaDigestError Read(in Digest digest, out ScheduledChange? change)
    {
        change = null;
        ScheduledChange? found = null;
        foreach (DigestItem item in digest.Logs)
        {
            if (item is not DigestItem.Consensus message || message.Engine != EngineId.Grandpa) continue;
            DecodeResult<GrandpaLog> log = Scale.Decode<GrandpaLog>(message.Data.AsSpan());
            if (!log.IsOk) return GrandpaDigestError.MalformedLog;
            switch (log.Value)
            {
                case GrandpaLog.Scheduled when found is not null: return GrandpaDigestError.SecondChange;
                case GrandpaLog.Scheduled { Change.Delay: not 0 }: return GrandpaDigestError.DelayedChange;
                case GrandpaLog.Scheduled scheduled: found = scheduled.Change; break;
                case GrandpaLog.Forced: return GrandpaDigestError.ForcedChange;
                case GrandpaLog.Pause: return GrandpaDigestError.Pause;
                case GrandpaLog.Resume: return GrandpaDigestError.Resume;
            }
        }

        change = found;
        return GrandpaDigestError.None;
    }
}
