# Reads YAML with Ruby's Psych, as GitLab does: a JSON list of YAML streams on standard input, what they mean on
# standard output.
#
# The answer is a JSON list with, for each stream, {"documents": [...]} or {"error": "..."}. Whatever JSON could not
# tell apart or would change without a word (keys that are not strings, symbols, dates) becomes a string that says so.

require 'json'
require 'psych'

def plain(value)
  case value
  when nil, true, false, Integer, Float, String then value
  when Array then value.map { |item| plain(item) }
  when Hash then value.to_h { |key, member| [key.is_a?(String) ? key : odd(key), plain(member)] }
  else odd(value)
  end
end

def odd(value)
  "<#{value.class} #{value.inspect}>"
end

def read(stream)
  { documents: Psych.load_stream(stream).map { |document| plain(document) } }
rescue Psych::Exception => e
  { error: e.message }
end

streams = JSON.parse($stdin.read.force_encoding(Encoding::UTF_8))
$stdout.binmode
$stdout.write(JSON.generate(streams.map { |stream| read(stream) }))
