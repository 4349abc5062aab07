namespace Phala.Worker.Queries;

/// <summary>Work of several flows, taken so that each gets its share of time: start-time fair queueing.</summary>
/// <remarks>
/// <para><b>Concept.</b> An item's start is the later of the queue's time and the end of the flow's last item; the item with the least start is taken, and the queue's time is that start. An item's end is its start
/// and what it takes, divided by the flow's weight. What it takes is
/// guessed from the flow's items before, and corrected when it is done.</para>
/// <para><b>Invariant.</b> A flow that asks for more than its share waits behind those that ask for less; it does not make them wait. Backlogs are bounded, of each flow and of all.</para>
/// </remarks>
/// <typeparam name="TFlow">What tells flows apart.</typeparam>
/// <typeparam name="TItem">The work.</typeparam>
/// <param name="mostOfFlow">How many items of a flow may wait.</param>
/// <param name="mostOfAll">How many items may wait.</param>
internal sealed class FairQueue<TFlow, TItem>(int mostOfFlow, int mostOfAll)
    where TFlow : notnull
{
    private const double Guess = 1;
    private readonly Dictionary<TFlow, Flow> _flows = [];
    private readonly PriorityQueue<(TFlow Flow, TItem Item), (double Start, long Number)> _waiting = new();
    private double _time;
    private long _number;

    /// <summary>How many items wait.</summary>
    public int Count => _waiting.Count;

    /// <summary>Adds an item, unless too many wait.</summary>
    /// <param name="flow">Its flow.</param>
    /// <param name="weight">The flow's share, relative to others: at least 1.</param>
    /// <param name="item">The item.</param>
    public bool TryAdd(TFlow flow, uint weight, TItem item)
    {
        Flow state = _flows.GetValueOrDefault(flow) ?? (_flows[flow] = new Flow());
        if (_waiting.Count >= mostOfAll || state.Waiting >= mostOfFlow)
        {
            Forget(flow, state);
            return false;
        }

        state.Weight = Math.Max(1, weight);
        double start = Math.Max(_time, state.End);
        state.End = start + (state.Cost / state.Weight);
        state.Guesses.Enqueue(state.Cost);
        state.Waiting++;
        _waiting.Enqueue((flow, item), (start, _number++));
        return true;
    }

    /// <summary>Takes the item whose turn it is.</summary>
    public bool TryTake(out TFlow flow, out TItem item)
    {
        (flow, item) = (default!, default!);
        if (!_waiting.TryDequeue(out (TFlow Flow, TItem Item) taken, out (double Start, long Number) place)) return false;
        (flow, item) = taken;
        _time = Math.Max(_time, place.Start);
        Flow state = _flows[flow];
        state.Waiting--;
        state.Running++;
        return true;
    }

    /// <summary>Says what an item took.</summary>
    /// <param name="flow">Its flow.</param>
    /// <param name="took">What it took: 1 is what an item is guessed to take.</param>
    public void Done(TFlow flow, double took)
    {
        Flow state = _flows[flow];
        state.Running--;
        state.End += (took - state.Guesses.Dequeue()) / state.Weight;
        state.Cost += (took - state.Cost) / 4;
        Forget(flow, state);
    }

    /// <summary>A flow without work whose last item has ended is as good as a new one.</summary>
    private void Forget(TFlow flow, Flow state)
    {
        if (state.Waiting == 0 && state.Running == 0 && (state.End <= _time || _waiting.Count == 0)) _flows.Remove(flow);
    }

    private sealed class Flow
    {
        public double End { get; set; }

        /// <summary>What its items took, the last ones more than those before.</summary>
        public double Cost { get; set; } = Guess;

        /// <summary>What items were guessed to take that are not done.</summary>
        public Queue<double> Guesses { get; } = new();

        public uint Weight { get; set; } = 1;

        public int Waiting { get; set; }

        public int Running { get; set; }
    }
}
