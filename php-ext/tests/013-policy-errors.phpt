--TEST--
A broken policy is refused with its code and the JSON path, without a value
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Redactor;
foreach ([
	'{',
	"{\n\n\"version\": canary}",
	'[]',
	'{}',
	'{"version":2}',
	'{"version":1,"min_engine":"99.0.0"}',
	'{"version":1,"entitys":{}}',
	'{"version":1,"entities":{"emial":"token"}}',
	'{"version":1,"entities":{"email":"canary"}}',
	'{"version":1,"entities":{"email":{"operator":"mask","keep_last":99}}}',
	'{"version":1,"rules":[{"id":"a","entity":"sku","pattern":"("}]}',
	'{"version":1,"rules":[{"id":"a","entity":"sku","pattern":"x"},{"id":"a","entity":"sku","pattern":"y"}]}',
	'{"version":1,"rules":[{"id":"a","entity":"sku","pattern":"' . str_repeat('x', 2049) . '"}]}',
	'{"version":1,"limits":{"body_bytes":0}}',
	'{"version":1,"allow":[""]}',
	str_repeat(' ', (1 << 20) + 1),
	"\xff\xfe",
	'',
] as $json) {
	echo thrown(fn() => Redactor::fromPolicy($json, test_key())), "\n";
}
?>
--EXPECT--
Tamis\PolicyException 101: $: the policy is not JSON (policy_json), line 1
Tamis\PolicyException 101: $: the policy is not JSON (policy_json), line 3
Tamis\PolicyException 106: $: this value does not fit here (policy_value)
Tamis\PolicyException 110: $.version: this policy version is not known (policy_version)
Tamis\PolicyException 110: $.version: this policy version is not known (policy_version)
Tamis\PolicyException 111: $.min_engine: the policy asks for a newer engine (policy_engine)
Tamis\PolicyException 103: $.entitys: this key is not known (policy_unknown_key)
Tamis\PolicyException 104: $.entities.emial: this entity is not known (policy_unknown_entity)
Tamis\PolicyException 105: $.entities.email: this operator is not known (policy_unknown_operator)
Tamis\PolicyException 106: $.entities.email.keep_last: this value does not fit here (policy_value)
Tamis\PolicyException 107: $.rules[0].pattern: this pattern does not compile (policy_pattern)
Tamis\PolicyException 113: $.rules[1].id: this name is taken (policy_duplicate)
Tamis\PolicyException 108: $.rules[0].pattern: this pattern is too large (policy_pattern_too_large)
Tamis\PolicyException 106: $.limits.body_bytes: this value does not fit here (policy_value)
Tamis\PolicyException 106: $.allow[0]: this value does not fit here (policy_value)
Tamis\PolicyException 102: $: the policy is larger than the limit (policy_too_large)
Tamis\PolicyException 101: $: the policy is not JSON (policy_json), line 1
Tamis\PolicyException 101: $: the policy is not JSON (policy_json), line 1
