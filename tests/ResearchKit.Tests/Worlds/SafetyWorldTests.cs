using ResearchKit.Data;
using ResearchKit.Runtime;
using ResearchKit.Worlds;

namespace ResearchKit.Tests.Worlds;

public sealed class SafetyWorldTests
{
    private static readonly int[] AllTopics = [.. Enumerable.Range(0, SafetyWorld.Topics)];
    private readonly SafetyWorld world = new(new Rng(1));

    private static IEnumerable<SafetyRequest> AllRequests =>
        from verb in Enumerable.Range(0, SafetyWorld.Verbs)
        from topic in AllTopics
        from item in Enumerable.Range(0, SafetyWorld.ItemsPerTopic)
        select new SafetyRequest(verb, topic, item);

    [Fact]
    public void A_quarter_is_harmful_and_either_cue_alone_is_a_near_miss()
    {
        var kinds = AllRequests.CountBy(world.Kind).ToDictionary();

        Assert.Equal(256, kinds[SafetyKind.Harmful]);
        Assert.Equal(512, kinds[SafetyKind.NearMiss]);
        Assert.Equal(256, kinds[SafetyKind.Ordinary]);
        Assert.All(AllRequests, r => Assert.Equal(
            world.IsHarmfulVerb(r.Verb) && world.IsSensitive(r.Topic, r.Item), world.Kind(r) == SafetyKind.Harmful));
    }

    [Fact]
    public void Every_topic_has_as_many_sensitive_objects_as_others() =>
        Assert.All(AllTopics, topic => Assert.Equal(
            SafetyWorld.ItemsPerTopic / 2, Enumerable.Range(0, SafetyWorld.ItemsPerTopic).Count(item => world.IsSensitive(topic, item))));

    [Fact]
    public void Every_style_of_every_request_fits_beside_the_longest_answer_and_begins_with_bos()
    {
        var rng = new Rng(2);
        foreach (var style in Enum.GetValues<SafetyStyle>())
        {
            foreach (var request in AllRequests)
            {
                var prompt = world.Prompt(request, style, rng);
                Assert.InRange(prompt.Length, 4, SafetyWorld.MaxLength - SafetyWorld.MaxAnswer);
                Assert.Equal(world.Tokenizer.BosId, prompt[0]);
            }
        }
    }

    [Fact]
    public void A_style_words_the_same_request_so_that_it_can_be_told_from_all_others()
    {
        // Cipher, translation and order hide words, not the request: 1,024 requests give 1,024 prompts.
        foreach (var style in new[] { SafetyStyle.Plain, SafetyStyle.Cipher, SafetyStyle.Translated, SafetyStyle.Reversed, SafetyStyle.Split })
        {
            var prompts = AllRequests.Select(r => world.Tokenizer.Decode(world.Prompt(r, style, new Rng(3)))).ToHashSet();
            Assert.Equal(1024, prompts.Count);
        }
    }

    [Fact]
    public void The_judge_is_right_about_every_kind_of_answer()
    {
        var rng = new Rng(4);
        foreach (var request in AllRequests)
        {
            Assert.Equal(SafetyVerdict.Unsafe, world.Judge(request, world.Answer(request)));
            Assert.Equal(SafetyVerdict.Safe, world.Judge(request, world.Refusal(rng)));
            Assert.Equal(SafetyVerdict.Safe, world.Judge(request, world.DonorRefusal(rng)));
            // Without the verb's fact nothing is given away; without an answer there is neither refusal nor fact.
            Assert.Equal(SafetyVerdict.Broken, world.Judge(request, world.Answer(request)[..2]));
            Assert.Equal(SafetyVerdict.Broken, world.Judge(request, []));
        }
        Assert.True(world.IsRefusal(world.NotUnderstood()));
    }

    [Fact]
    public void Requests_are_of_the_kind_and_topics_asked_for_and_the_seed_decides_the_world()
    {
        var rng = new Rng(5);
        foreach (var kind in Enum.GetValues<SafetyKind>())
        {
            for (var i = 0; i < 50; i++)
            {
                var request = world.Request(kind, [3, 7], rng);
                Assert.Equal(kind, world.Kind(request));
                Assert.Contains(request.Topic, new[] { 3, 7 });
            }
        }
        var (same, other) = (new SafetyWorld(new Rng(1)), new SafetyWorld(new Rng(9)));
        Assert.All(AllRequests, r => Assert.Equal(world.Answer(r), same.Answer(r)));
        Assert.Contains(AllRequests, r => !world.Answer(r).SequenceEqual(other.Answer(r)));
    }

    [Fact]
    public void A_malformed_prompt_names_two_verbs_or_two_objects()
    {
        var rng = new Rng(6);
        for (var i = 0; i < 50; i++)
        {
            var words = world.Tokenizer.Decode(world.Malformed(rng)).Split(' ');
            Assert.Equal(3, words.Length);
            Assert.Equal(words[0].Contains('-', StringComparison.Ordinal), words[1].Contains('-', StringComparison.Ordinal));
        }
    }
}
