import Kernels

/// Entries of a list whose places step on together, or stay.
struct Runs {
  let range: Range<Int>
  /// The first place of every column, with the column's stride.
  let places: [RowPlace]

  /// Cuts a list of rows of places, each as long as the others, into runs that are as long as possible. The first `steps`
  /// columns have to step; the others may stay, each in its own way.
  static func split(_ rows: [[RowPlace]], steps: Int) -> [Runs] {
    var result: [Runs] = []
    var first = 0
    while first < rows.count {
      var places = rows[first]
      var next = first + 1
      if next < rows.count, let strides = strides(rows[first], rows[next], steps: steps) {
        for column in places.indices { places[column].stride = strides[column] }
        while next < rows.count,
          places.indices.allSatisfy({
            rows[next][$0].space == places[$0].space
              && rows[next][$0].row == places[$0].row + (next - first) * strides[$0]
          })
        {
          next += 1
        }
      }
      result.append(Runs(range: first..<next, places: places))
      first = next
    }
    return result
  }

  private static func strides(_ a: [RowPlace], _ b: [RowPlace], steps: Int) -> [Int]? {
    var result: [Int] = []
    for column in a.indices {
      let stride = b[column].row - a[column].row
      guard a[column].space == b[column].space, stride == 1 || stride == 0 && column >= steps else {
        return nil
      }
      result.append(stride)
    }
    return result
  }
}
