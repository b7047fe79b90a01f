--TEST--
Key files: bytes without the line end, and every refusal has the key's code
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Key;
$dir = sys_get_temp_dir() . '/tamis-key-' . getmypid();
mkdir($dir);
$file = function (string $bytes) use ($dir): string {
	file_put_contents("$dir/key", $bytes);
	return "$dir/key";
};
$id = test_key()->id();
var_dump(Key::fromFile($file(SECRET))->id() === $id);
var_dump(Key::fromFile($file(SECRET . "\n"))->id() === $id);
var_dump(Key::fromFile($file(SECRET . "\r\n"))->id() === $id);
var_dump(Key::fromFile($file(SECRET . "\n\n"))->id() === $id);
var_dump(Key::fromFile($file(str_repeat('k', 4096)))->id() === Key::fromString(str_repeat('k', 4096))->id());
$codes = [];
foreach ([str_repeat('k', 4097), str_repeat('k', 15), str_repeat('k', 15) . "\n", ''] as $bytes) {
	$codes[] = substr(thrown(fn() => Key::fromFile($file($bytes))), 0, 25);
}
foreach (["$dir/none", $dir, '', "$dir/key\0", 'php://memory', 'file:///etc/hostname'] as $path) {
	$codes[] = substr(thrown(fn() => Key::fromFile($path)), 0, 25);
}
var_dump(count($codes), array_unique($codes));
unlink("$dir/key");
rmdir($dir);
?>
--EXPECT--
bool(true)
bool(true)
bool(true)
bool(false)
bool(true)
int(10)
array(1) {
  [0]=>
  string(25) "Tamis\PolicyException 120"
}
